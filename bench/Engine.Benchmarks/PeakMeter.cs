using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stepsize.Engine.Benchmarks;

/// <summary>What one core can do at most: fused multiply-adds on registers alone, in float.</summary>
internal static class PeakMeter
{
    private const int Chains = 12;
    private const long Repetitions = 20_000_000;

    /// <summary>The best of some trials, in multiply-adds a second times two.</summary>
    public static double GigaflopsPerCore()
    {
        var best = 0.0;
        for (var trial = 0; trial < 5; trial++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var width = Burn();
            var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            best = Math.Max(best, 2.0 * Repetitions * Chains * width / seconds / 1e9);
        }

        return best;
    }

    private static int Burn()
    {
        if (Avx512F.IsSupported)
        {
            Sink(Burn512(Vector512.Create(0.5f)).GetLower());
            return Vector512<float>.Count;
        }

        if (Fma.IsSupported)
        {
            Sink(Burn256(Vector256.Create(0.5f)));
            return Vector256<float>.Count;
        }

        var portable = BurnPortable(new Vector<float>(0.5f));
        Sink(Vector256.Create(portable[0]));
        return Vector<float>.Count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Sink(Vector256<float> value) => _ = value;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Burn512(Vector512<float> a)
    {
        Vector512<float> s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (long i = 0; i < Repetitions; i++)
        {
            s0 = Avx512F.FusedMultiplyAdd(a, a, s0);
            s1 = Avx512F.FusedMultiplyAdd(a, a, s1);
            s2 = Avx512F.FusedMultiplyAdd(a, a, s2);
            s3 = Avx512F.FusedMultiplyAdd(a, a, s3);
            s4 = Avx512F.FusedMultiplyAdd(a, a, s4);
            s5 = Avx512F.FusedMultiplyAdd(a, a, s5);
            s6 = Avx512F.FusedMultiplyAdd(a, a, s6);
            s7 = Avx512F.FusedMultiplyAdd(a, a, s7);
            s8 = Avx512F.FusedMultiplyAdd(a, a, s8);
            s9 = Avx512F.FusedMultiplyAdd(a, a, s9);
            s10 = Avx512F.FusedMultiplyAdd(a, a, s10);
            s11 = Avx512F.FusedMultiplyAdd(a, a, s11);
        }

        var sum = Avx512F.Add(Avx512F.Add(Avx512F.Add(s0, s1), Avx512F.Add(s2, s3)), Avx512F.Add(Avx512F.Add(s4, s5), Avx512F.Add(s6, s7)));
        return Avx512F.Add(sum, Avx512F.Add(Avx512F.Add(s8, s9), Avx512F.Add(s10, s11)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<float> Burn256(Vector256<float> a)
    {
        Vector256<float> s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (long i = 0; i < Repetitions; i++)
        {
            s0 = Fma.MultiplyAdd(a, a, s0);
            s1 = Fma.MultiplyAdd(a, a, s1);
            s2 = Fma.MultiplyAdd(a, a, s2);
            s3 = Fma.MultiplyAdd(a, a, s3);
            s4 = Fma.MultiplyAdd(a, a, s4);
            s5 = Fma.MultiplyAdd(a, a, s5);
            s6 = Fma.MultiplyAdd(a, a, s6);
            s7 = Fma.MultiplyAdd(a, a, s7);
            s8 = Fma.MultiplyAdd(a, a, s8);
            s9 = Fma.MultiplyAdd(a, a, s9);
            s10 = Fma.MultiplyAdd(a, a, s10);
            s11 = Fma.MultiplyAdd(a, a, s11);
        }

        return (s0 + s1) + (s2 + s3) + (s4 + s5) + (s6 + s7) + (s8 + s9) + (s10 + s11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector<float> BurnPortable(Vector<float> a)
    {
        Vector<float> s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (long i = 0; i < Repetitions; i++)
        {
            s0 = Vector.MultiplyAddEstimate(a, a, s0);
            s1 = Vector.MultiplyAddEstimate(a, a, s1);
            s2 = Vector.MultiplyAddEstimate(a, a, s2);
            s3 = Vector.MultiplyAddEstimate(a, a, s3);
            s4 = Vector.MultiplyAddEstimate(a, a, s4);
            s5 = Vector.MultiplyAddEstimate(a, a, s5);
            s6 = Vector.MultiplyAddEstimate(a, a, s6);
            s7 = Vector.MultiplyAddEstimate(a, a, s7);
            s8 = Vector.MultiplyAddEstimate(a, a, s8);
            s9 = Vector.MultiplyAddEstimate(a, a, s9);
            s10 = Vector.MultiplyAddEstimate(a, a, s10);
            s11 = Vector.MultiplyAddEstimate(a, a, s11);
        }

        return (s0 + s1) + (s2 + s3) + (s4 + s5) + (s6 + s7) + (s8 + s9) + (s10 + s11);
    }
}
