using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels;

/// <summary>
/// eˣ in float, a vector at a time: 2ⁿ · eʳ with n = x/ln 2 rounded and eʳ a polynomial of degree 6, |r| ≤ ln 2/2. Off by less than two roundings; 0 from −87.7 downwards (eˣ is
/// denormal from −87.3 on), infinity from 88.4 upwards (in truth from 88.7 on), NaN of NaN.
/// </summary>
internal static unsafe class Exponential
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts, the first with so few bits that its product with n is exact.
    private const float Ln2Upper = 0.693359375f;
    private const float Ln2Lower = -2.12194440e-4f;

    // Added to a small number it leaves that number rounded in the lowest bits, and there the 127 that exponents are stored with.
    private const float Rounder = 12582912 + 127;

    // Rounded to 2⁻¹²⁷, whose stored exponent is that of zero, and to 2¹²⁸, that of infinity.
    private const float Least = -88;
    private const float Most = 89;

    /// <summary>Of all elements; in place where both are the same.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Of(InstructionSet set, ReadOnlySpan<float> values, Span<float> exponentials)
    {
        if (exponentials.Length != values.Length)
        {
            throw new ArgumentException($"As many results as numbers are needed; {values.Length} numbers, {exponentials.Length} results given.", nameof(exponentials));
        }

        fixed (float* x = values, y = exponentials)
        {
            SimdDispatch.Run<float, Kernel>(set, new Kernel { Input = x, Output = y, Length = values.Length });
        }
    }

    /// <summary>Of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector, float>
        where TVector : struct
    {
        // Greater lets a NaN of its second operand through; the upper bound is the lower one of −x.
        var negated = TSimd.Subtract(TSimd.Broadcast(0), TSimd.Greater(TSimd.Broadcast(Least), x));
        var bounded = TSimd.Subtract(TSimd.Broadcast(0), TSimd.Greater(TSimd.Broadcast(-Most), negated));
        var rounded = TSimd.MultiplyAdd(bounded, TSimd.Broadcast(Log2E), TSimd.Broadcast(Rounder));
        var n = TSimd.Subtract(rounded, TSimd.Broadcast(Rounder));
        var r = TSimd.MultiplyAdd(n, TSimd.Broadcast(-Ln2Lower), TSimd.MultiplyAdd(n, TSimd.Broadcast(-Ln2Upper), bounded));

        // The least relative error that this degree has on |r| ≤ ln 2/2: 3·10⁻⁹.
        var p = TSimd.MultiplyAdd(r, TSimd.Broadcast(0.0013814610f), TSimd.Broadcast(0.0083687110f));
        p = TSimd.MultiplyAdd(r, p, TSimd.Broadcast(0.041668389f));
        p = TSimd.MultiplyAdd(r, p, TSimd.Broadcast(0.16666521f));
        p = TSimd.MultiplyAdd(r, p, TSimd.Broadcast(0.49999994f));
        p = TSimd.MultiplyAdd(TSimd.Multiply(r, r), p, r);
        return TSimd.Multiply(TSimd.Add(p, TSimd.Broadcast(1)), TSimd.BitsToExponent(rounded));
    }

    private struct Kernel : ISimdKernel<float>
    {
        public float* Input, Output;
        public int Length;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, float>
            where TVector : struct
        {
            var i = 0;
            for (; i <= Length - TSimd.Width; i += TSimd.Width)
            {
                TSimd.Store(Output + i, Of<TSimd, TVector>(TSimd.Load(Input + i)));
            }

            if (i < Length)
            {
                TSimd.StoreFirst(Output + i, Of<TSimd, TVector>(TSimd.LoadFirst(Input + i, Length - i)), Length - i);
            }
        }
    }
}
