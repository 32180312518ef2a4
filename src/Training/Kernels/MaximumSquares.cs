using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stepsize.Training.Kernels;

/// <summary>Maximum pooling of two rows in squares of two by two, eight squares at a time. Which pixel wins cannot be foreseen, so nothing may branch on it.</summary>
internal static class MaximumSquares
{
    private const int Squares = 8;

    /// <summary>Pools as many squares as whole vectors hold, and says how many.</summary>
    /// <param name="upper">Two numbers a square.</param>
    /// <param name="lower">Likewise, one row below.</param>
    /// <param name="upperPlace">Where the upper row begins, as winners count.</param>
    /// <param name="lowerPlace">Where the lower row begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Run(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, int upperPlace, int lowerPlace, Span<float> maxima, Span<int> winners)
    {
        if (maxima.Length < Squares)
        {
            return 0;
        }

        ref var a = ref MemoryMarshal.GetReference(upper);
        ref var b = ref MemoryMarshal.GetReference(lower);

        // Even and odd numbers are told apart within each half of a vector, which leaves the squares in this order.
        var places = Vector256.Create(0, 2, 8, 10, 4, 6, 12, 14);
        for (var x = 0; ; x = Math.Min(x + Squares, maxima.Length - Squares))
        {
            var (best, right) = Split(ref a, 2 * x);
            var (below, belowRight) = Split(ref b, 2 * x);
            var place = places + Vector256.Create(upperPlace + (2 * x));
            Prefer(right, place + Vector256<int>.One, ref best, ref place);
            var placeBelow = places + Vector256.Create(lowerPlace + (2 * x));
            Prefer(below, placeBelow, ref best, ref place);
            Prefer(belowRight, placeBelow + Vector256<int>.One, ref best, ref place);
            Avx2.Permute4x64(best.AsDouble(), 0b11_01_10_00).AsSingle().CopyTo(maxima[x..]);
            Avx2.Permute4x64(place.AsInt64(), 0b11_01_10_00).AsInt32().CopyTo(winners[x..]);
            if (x == maxima.Length - Squares)
            {
                return maxima.Length;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Even, Vector256<float> Odd) Split(ref float row, int x)
    {
        var first = Vector256.LoadUnsafe(ref row, (nuint)x);
        var second = Vector256.LoadUnsafe(ref row, (nuint)(x + Squares));
        return (Avx.Shuffle(first, second, 0b10_00_10_00), Avx.Shuffle(first, second, 0b11_01_11_01));
    }

    /// <summary>Takes a value that is larger, or the first NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefer(Vector256<float> value, Vector256<int> at, ref Vector256<float> best, ref Vector256<int> place)
    {
        var wins = Avx.And(Avx.CompareNotLessThanOrEqual(value, best), Avx.CompareOrdered(best, best));
        best = Avx.BlendVariable(best, value, wins);
        place = Avx2.BlendVariable(place, at, wins.AsInt32());
    }
}
