using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stepsize.Training.Kernels;

/// <summary>Maximum pooling of two rows in squares of two by two, eight squares at a time. Which pixel wins cannot be foreseen, so nothing may branch on it.</summary>
internal static class MaximumSquares
{
    private const int Squares = 8;

    /// <summary>Pools two rows, if they have enough squares, and says how many it did.</summary>
    /// <param name="upper">Two numbers a square.</param>
    /// <param name="lower">Likewise, one row below.</param>
    /// <param name="upperPlace">Where the upper row begins, as winners count.</param>
    /// <param name="lowerPlace">Where the lower row begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Row(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, int upperPlace, int lowerPlace, Span<float> maxima, Span<int> winners)
    {
        if (maxima.Length < Squares)
        {
            return 0;
        }

        for (var x = 0; ; x = Math.Min(x + Squares, maxima.Length - Squares))
        {
            Pool(upper[(2 * x)..], lower[(2 * x)..], Squares, upperPlace + (2 * x), lowerPlace + (2 * x), maxima[x..], winners[x..]);
            if (x == maxima.Length - Squares)
            {
                return maxima.Length;
            }
        }
    }

    /// <summary>Pools a narrow image, four squares wide, two rows of squares at a time, and says how many rows it did.</summary>
    /// <param name="width">Of the image, 8 or 9.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Narrow(ReadOnlySpan<float> pixels, int width, Span<float> maxima, Span<int> winners)
    {
        var y = 0;
        for (; (y + 2) * Squares / 2 <= maxima.Length; y += 2)
        {
            var first = 2 * y * width;
            Pool(pixels[first..], pixels[(first + width)..], 2 * width, first, first + width, maxima[(y * Squares / 2)..], winners[(y * Squares / 2)..]);
        }

        return y;
    }

    /// <summary>Eight squares: four from where the spans begin, four from <paramref name="second"/> numbers on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pool(
        ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, int second, int upperPlace, int lowerPlace, Span<float> maxima, Span<int> winners)
    {
        // Even and odd numbers are told apart within each half of a vector, which leaves the squares in this order.
        var places = Vector256.Create(0, 2, second, second + 2, 4, 6, second + 4, second + 6);
        var (best, right) = Split(upper, second);
        var (below, belowRight) = Split(lower, second);
        var place = places + Vector256.Create(upperPlace);
        Prefer(right, place + Vector256<int>.One, ref best, ref place);
        var placeBelow = places + Vector256.Create(lowerPlace);
        Prefer(below, placeBelow, ref best, ref place);
        Prefer(belowRight, placeBelow + Vector256<int>.One, ref best, ref place);
        Avx2.Permute4x64(best.AsDouble(), 0b11_01_10_00).AsSingle().CopyTo(maxima);
        Avx2.Permute4x64(place.AsInt64(), 0b11_01_10_00).AsInt32().CopyTo(winners);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Even, Vector256<float> Odd) Split(ReadOnlySpan<float> row, int second)
    {
        var near = Vector256.Create(row);
        var far = Vector256.Create(row[second..]);
        return (Avx.Shuffle(near, far, 0b10_00_10_00), Avx.Shuffle(near, far, 0b11_01_11_01));
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
