using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Stepsize.Training.Kernels;

/// <summary>
/// Max and average pooling. Images lie one after another as [channel][row][column]; padding never wins.
/// Sizes are those of a <see cref="ConvolutionShape"/> whose filters are its channels.
/// </summary>
public static class Pooling
{
    /// <summary>The largest number of each window, the first of equal ones; a NaN counts as larger than any.</summary>
    /// <param name="winners">Overwritten with the place of each output's number within its channel of the input: what the gradient goes back to.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void MaximumForward<T>(ConvolutionShape shape, ReadOnlySpan<T> input, Span<T> output, Span<int> winners, int images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(shape, input.Length, output.Length, images);
        var channelLength = shape.Height * shape.Width;
        for (var channel = 0; channel < images * shape.Channels; channel++)
        {
            var pixels = input.Slice(channel * channelLength, channelLength);
            var largest = output.Slice(channel * shape.Positions, shape.Positions);
            var places = winners.Slice(channel * shape.Positions, shape.Positions);
            if (shape is { KernelHeight: 2, KernelWidth: 2, Stride: 2, Padding: 0 })
            {
                MaximumOfSquares(shape, pixels, largest, places);
            }
            else
            {
                MaximumOfWindows(shape, pixels, largest, places);
            }
        }
    }

    /// <summary>Overwrites the input's gradient: each output's goes to the place that won.</summary>
    /// <inheritdoc cref="MaximumForward{T}"/>
    public static void MaximumBackward<T>(
        ConvolutionShape shape, ReadOnlySpan<T> outputGradient, ReadOnlySpan<int> winners, Span<T> inputGradient, int images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(shape, inputGradient.Length, outputGradient.Length, images);
        inputGradient.Clear();
        var channelLength = shape.Height * shape.Width;
        for (var channel = 0; channel < images * shape.Channels; channel++)
        {
            var pixels = inputGradient.Slice(channel * channelLength, channelLength);
            var gradient = outputGradient.Slice(channel * shape.Positions, shape.Positions);
            var places = winners.Slice(channel * shape.Positions, shape.Positions);
            GiveBack(gradient, places, pixels);
        }
    }

    /// <summary>The mean of each window; zeros of the padding count, as PyTorch has it.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void AverageForward<T>(ConvolutionShape shape, ReadOnlySpan<T> input, Span<T> output, int images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(shape, input.Length, output.Length, images);
        var share = T.One / T.CreateChecked(shape.KernelHeight * shape.KernelWidth);
        var channelLength = shape.Height * shape.Width;
        for (var place = 0; place < output.Length; place++)
        {
            var (channel, position) = Math.DivRem(place, shape.Positions);
            var window = new Window(shape, position);
            var sum = T.Zero;
            for (var y = window.Top; y < window.Bottom; y++)
            {
                for (var x = window.Left; x < window.Right; x++)
                {
                    sum += input[(channel * channelLength) + (y * shape.Width) + x];
                }
            }

            output[place] = sum * share;
        }
    }

    /// <summary>Overwrites the input's gradient: each output's is shared out over its window.</summary>
    /// <inheritdoc cref="AverageForward{T}"/>
    public static void AverageBackward<T>(ConvolutionShape shape, ReadOnlySpan<T> outputGradient, Span<T> inputGradient, int images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(shape, inputGradient.Length, outputGradient.Length, images);
        inputGradient.Clear();
        var share = T.One / T.CreateChecked(shape.KernelHeight * shape.KernelWidth);
        var channelLength = shape.Height * shape.Width;
        for (var place = 0; place < outputGradient.Length; place++)
        {
            var (channel, position) = Math.DivRem(place, shape.Positions);
            var window = new Window(shape, position);
            var part = outputGradient[place] * share;
            for (var y = window.Top; y < window.Bottom; y++)
            {
                for (var x = window.Left; x < window.Right; x++)
                {
                    inputGradient[(channel * channelLength) + (y * shape.Width) + x] += part;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GiveBack<T>(ReadOnlySpan<T> gradient, ReadOnlySpan<int> places, Span<T> pixels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var p = 0; p < gradient.Length; p++)
        {
            pixels[places[p]] += gradient[p];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MaximumOfSquares<T>(ConvolutionShape shape, ReadOnlySpan<T> pixels, Span<T> largest, Span<int> places)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var outputWidth = shape.OutputWidth;
        var vectors = typeof(T) == typeof(float) && Avx2.IsSupported;
        var y = vectors && outputWidth == 4
            ? MaximumSquares.Narrow(MemoryMarshal.Cast<T, float>(pixels), shape.Width, MemoryMarshal.Cast<T, float>(largest), places)
            : 0;
        for (; y < shape.OutputHeight; y++)
        {
            var first = 2 * y * shape.Width;
            var upper = pixels.Slice(first, 2 * outputWidth);
            var lower = pixels.Slice(first + shape.Width, 2 * outputWidth);
            var maxima = largest.Slice(y * outputWidth, outputWidth);
            var winners = places.Slice(y * outputWidth, outputWidth);
            var x = vectors
                ? MaximumSquares.Row(
                    MemoryMarshal.Cast<T, float>(upper), MemoryMarshal.Cast<T, float>(lower), first, first + shape.Width,
                    MemoryMarshal.Cast<T, float>(maxima), winners)
                : 0;
            for (; x < maxima.Length; x++)
            {
                var best = upper[2 * x];
                var place = first + (2 * x);
                Prefer(upper[(2 * x) + 1], first + (2 * x) + 1, ref best, ref place);
                Prefer(lower[2 * x], first + shape.Width + (2 * x), ref best, ref place);
                Prefer(lower[(2 * x) + 1], first + shape.Width + (2 * x) + 1, ref best, ref place);
                maxima[x] = best;
                winners[x] = place;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MaximumOfWindows<T>(ConvolutionShape shape, ReadOnlySpan<T> pixels, Span<T> largest, Span<int> places)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var position = 0; position < largest.Length; position++)
        {
            var window = new Window(shape, position);
            var place = (window.Top * shape.Width) + window.Left;
            var best = pixels[place];
            for (var y = window.Top; y < window.Bottom; y++)
            {
                for (var x = window.Left; x < window.Right; x++)
                {
                    Prefer(pixels[(y * shape.Width) + x], (y * shape.Width) + x, ref best, ref place);
                }
            }

            largest[position] = best;
            places[position] = place;
        }
    }

    private static void Prefer<T>(T value, int at, ref T best, ref int place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The first NaN wins and stays: nothing is larger than it.
        var wins = value > best || (T.IsNaN(value) && !T.IsNaN(best));
        best = wins ? value : best;
        place = wins ? at : place;
    }

    private static void Check(ConvolutionShape shape, int input, int output, int images)
    {
        ConvolutionShape.Check(shape);
        if (shape.Filters != shape.Channels || 2 * shape.Padding > Math.Min(shape.KernelHeight, shape.KernelWidth)
            || input != (long)images * shape.InputLength || output != (long)images * shape.OutputLength)
        {
            throw new ArgumentException(
                $"Pooling keeps the channels, pads at most half its window, and takes {images} images of {shape.InputLength} numbers to {shape.OutputLength}:"
                + $" {shape} given, {input} and {output} numbers.", nameof(shape));
        }
    }

    /// <summary>The part of a position's window that lies inside the input.</summary>
    private readonly struct Window
    {
        public Window(ConvolutionShape shape, int position)
        {
            var (y, x) = Math.DivRem(position, shape.OutputWidth);
            Top = Math.Max((y * shape.Stride) - shape.Padding, 0);
            Left = Math.Max((x * shape.Stride) - shape.Padding, 0);
            Bottom = Math.Min((y * shape.Stride) - shape.Padding + shape.KernelHeight, shape.Height);
            Right = Math.Min((x * shape.Stride) - shape.Padding + shape.KernelWidth, shape.Width);
        }

        public int Top { get; }

        public int Left { get; }

        public int Bottom { get; }

        public int Right { get; }
    }
}
