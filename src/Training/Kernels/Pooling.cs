using System.Numerics;
using System.Runtime.CompilerServices;

namespace Stepsize.Training.Kernels;

/// <summary>
/// Max and average pooling. Images lie one after another as [channel][row][column]; padding never wins.
/// Sizes are those of a <see cref="ConvolutionShape"/> whose filters are its channels.
/// </summary>
public static unsafe class Pooling
{
    /// <summary>The largest number of each window, the first of equal ones; a NaN counts as larger than any.</summary>
    /// <param name="winners">Overwritten with the place of each output's number within its channel of the input: what the gradient goes back to.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void MaximumForward<T>(ConvolutionShape shape, ReadOnlySpan<T> input, Span<T> output, Span<int> winners, int images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(shape, input.Length, output.Length, images);
        if (PoolsSquares<T>(shape))
        {
            fixed (T* pixels = input, largest = output)
            fixed (int* places = winners)
            {
                var squares = new MaximumSquares(shape.Width, shape.Height);
                for (nint channel = 0; channel < images * shape.Channels; channel++)
                {
                    squares.Forward(
                        (float*)pixels + (channel * shape.Height * shape.Width), (float*)largest + (channel * shape.Positions), places + (channel * shape.Positions));
                }
            }

            return;
        }

        var channelLength = shape.Height * shape.Width;
        for (var channel = 0; channel < images * shape.Channels; channel++)
        {
            MaximumOfWindows(
                shape, input.Slice(channel * channelLength, channelLength), output.Slice(channel * shape.Positions, shape.Positions),
                winners.Slice(channel * shape.Positions, shape.Positions));
        }
    }

    /// <summary>Overwrites the input's gradient: each output's goes to the place that won.</summary>
    /// <inheritdoc cref="MaximumForward{T}"/>
    public static void MaximumBackward<T>(
        ConvolutionShape shape, ReadOnlySpan<T> outputGradient, ReadOnlySpan<int> winners, Span<T> inputGradient, int images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(shape, inputGradient.Length, outputGradient.Length, images);
        if (PoolsSquares<T>(shape))
        {
            fixed (T* pixels = inputGradient, gradient = outputGradient)
            fixed (int* places = winners)
            {
                var squares = new MaximumSquares(shape.Width, shape.Height);
                for (nint channel = 0; channel < images * shape.Channels; channel++)
                {
                    squares.Backward(
                        (float*)gradient + (channel * shape.Positions), places + (channel * shape.Positions), (float*)pixels + (channel * shape.Height * shape.Width));
                }
            }

            return;
        }

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

    private static bool PoolsSquares<T>(ConvolutionShape shape) =>
        typeof(T) == typeof(float) && shape is { KernelHeight: 2, KernelWidth: 2, Stride: 2, Padding: 0 } && MaximumSquares.Fits(shape.Width, shape.Height);

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
