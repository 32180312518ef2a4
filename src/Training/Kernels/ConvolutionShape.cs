namespace Stepsize.Training.Kernels;

/// <summary>Sizes of a two-dimensional convolution or pooling, in the order and meaning of PyTorch's.</summary>
/// <param name="Channels">Of the input.</param>
/// <param name="Height">Of the input.</param>
/// <param name="Width">Of the input.</param>
/// <param name="Filters">Channels of the output; for pooling the input's.</param>
/// <param name="KernelHeight">At most the padded height.</param>
/// <param name="KernelWidth">At most the padded width.</param>
/// <param name="Stride">Step in both directions, at least 1.</param>
/// <param name="Padding">Zeros on each side, at least 0.</param>
/// <param name="Groups">Divides channels and filters: each group of filters sees its group of channels.</param>
public sealed record ConvolutionShape(
    int Channels, int Height, int Width, int Filters, int KernelHeight, int KernelWidth, int Stride = 1, int Padding = 0, int Groups = 1)
{
    public int OutputHeight => ((PaddedHeight - KernelHeight) / Stride) + 1;

    public int OutputWidth => ((PaddedWidth - KernelWidth) / Stride) + 1;

    /// <summary>Numbers of one input image.</summary>
    public int InputLength => Channels * Height * Width;

    /// <summary>Numbers of one output image.</summary>
    public int OutputLength => Filters * Positions;

    /// <summary>Places where the kernel is applied: numbers of one channel of the output.</summary>
    public int Positions => OutputHeight * OutputWidth;

    /// <summary>Weights of one filter.</summary>
    public int PatchLength => Channels / Groups * KernelHeight * KernelWidth;

    internal int PaddedHeight => Height + (2 * Padding);

    internal int PaddedWidth => Width + (2 * Padding);

    /// <exception cref="ArgumentException">A size is impossible.</exception>
    internal static void Check(ConvolutionShape shape)
    {
        var (channels, height, width, filters, kernelHeight, kernelWidth, stride, padding, groups) = shape;
        if (channels < 1 || height < 1 || width < 1 || filters < 1 || kernelHeight < 1 || kernelWidth < 1 || stride < 1 || padding < 0 || groups < 1
            || channels % groups != 0 || filters % groups != 0 || kernelHeight > shape.PaddedHeight || kernelWidth > shape.PaddedWidth)
        {
            throw new ArgumentException(
                $"A convolution needs positive sizes, groups that divide channels and filters, and a kernel no larger than its padded input: {shape} given.", nameof(shape));
        }
    }
}
