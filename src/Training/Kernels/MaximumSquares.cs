using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Stepsize.Training.Kernels;

/// <summary>
/// Maximum pooling of a channel in squares of two by two that do not overlap, eight squares at a time. Which pixel wins cannot be foreseen, so nothing may branch on it; and
/// every pixel of the gradient is written once, whether it won or not, instead of being cleared first.
/// </summary>
/// <param name="width">Of the channel.</param>
/// <param name="height">Of the channel.</param>
internal readonly unsafe struct MaximumSquares(int width, int height)
{
    private const int Squares = 8;

    // Rows of four squares go by in pairs: what the second four of eight are from the first.
    private const int NarrowColumns = 4;

    private readonly int _columns = width / 2;
    private readonly int _rows = height / 2;

    /// <summary>Whether a channel of this width can be pooled so here.</summary>
    public static bool Fits(int width, int height) => Avx2.IsSupported && (width / 2 >= Squares || (width / 2 == NarrowColumns && height / 2 % 2 == 0));

    /// <summary>Pools a channel.</summary>
    /// <param name="winners">Places within the channel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(float* pixels, float* maxima, int* winners)
    {
        var (step, second) = Stride();
        for (var y = 0; y < _rows; y += step)
        {
            for (var x = 0; x < _columns; x += Squares)
            {
                var left = Math.Max(Math.Min(x, _columns - Squares), 0);
                Pool(pixels, (2 * y * width) + (2 * left), second, maxima + (y * _columns) + left, winners + (y * _columns) + left);
            }
        }
    }

    /// <summary>Gives each square's gradient to the pixel that won, and zero to all others.</summary>
    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(float* gradient, int* winners, float* pixels)
    {
        var (step, second) = Stride();
        for (var y = 0; y < _rows; y += step)
        {
            for (var x = 0; x < _columns; x += Squares)
            {
                var left = Math.Max(Math.Min(x, _columns - Squares), 0);
                GiveBack(gradient + (y * _columns) + left, winners + (y * _columns) + left, (2 * y * width) + (2 * left), second, pixels);
            }
        }

        for (var y = 0; width % 2 != 0 && y < height; y++)
        {
            pixels[(y * width) + width - 1] = 0;
        }

        for (var x = 0; height % 2 != 0 && x < width; x++)
        {
            pixels[((height - 1) * width) + x] = 0;
        }
    }

    /// <summary>Rows of squares done at once, and how far the second four squares are from the first, in pixels.</summary>
    private (int Step, int Second) Stride() => _columns == NarrowColumns ? (2, 2 * width) : (1, Squares);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Pool(float* pixels, int first, int second, float* maxima, int* winners)
    {
        var (best, right) = Split(pixels + first, second);
        var (below, belowRight) = Split(pixels + first + width, second);
        var place = Places(first, second);
        var placeBelow = place + Vector256.Create(width);
        Prefer(right, place + Vector256<int>.One, ref best, ref place);
        Prefer(below, placeBelow, ref best, ref place);
        Prefer(belowRight, placeBelow + Vector256<int>.One, ref best, ref place);
        InOrder(best.AsDouble()).AsSingle().Store(maxima);
        InOrder(place.AsDouble()).AsInt32().Store(winners);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void GiveBack(float* gradient, int* winners, int first, int second, float* pixels)
    {
        var values = InOrder(Vector256.Load(gradient).AsDouble()).AsSingle();
        var won = InOrder(Vector256.Load(winners).AsDouble()).AsInt32();
        var place = Places(first, second);
        Join(values, won, place, pixels + first, second);
        Join(values, won, place + Vector256.Create(width), pixels + first + width, second);
    }

    /// <summary>Of the upper left pixels of eight squares, in the order that <see cref="Split"/> leaves them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Places(int first, int second) =>
        Vector256.Create(0, 2, 0, 2, 4, 6, 4, 6) + Vector256.Create(first) + (Vector256.Create(0, 0, -1, -1, 0, 0, -1, -1) & Vector256.Create(second));

    /// <summary>Exchanges the middle quarters: between the order of squares and that in which even and odd numbers are told apart within each half of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> InOrder(Vector256<double> quarters) => Avx2.Permute4x64(quarters, 0b11_01_10_00);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Even, Vector256<float> Odd) Split(float* row, int second)
    {
        var near = Vector256.Load(row);
        var far = Vector256.Load(row + second);
        return (Avx.Shuffle(near, far, 0b10_00_10_00), Avx.Shuffle(near, far, 0b11_01_11_01));
    }

    /// <summary>A row of pixels: the values where the pixel won, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(Vector256<float> values, Vector256<int> won, Vector256<int> place, float* row, int second)
    {
        var even = Avx.And(values, Avx2.CompareEqual(won, place).AsSingle());
        var odd = Avx.And(values, Avx2.CompareEqual(won, place + Vector256<int>.One).AsSingle());
        Avx.UnpackLow(even, odd).Store(row);
        Avx.UnpackHigh(even, odd).Store(row + second);
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
