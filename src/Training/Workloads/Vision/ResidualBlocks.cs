using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;

namespace Stepsize.Training.Workloads.Vision;

/// <summary>
/// The blocks of which residual networks consist (He et al. 2016). Convolutions have no biases: batch normalisation comes after each.
/// </summary>
internal static class ResidualBlocks
{
    /// <summary>Two 3×3 convolutions, added to the input or to the shortcut, then ReLU.</summary>
    /// <param name="shortcut">None where input and output have the same shape.</param>
    public static Layer[] Basic(int channels, int stride, bool affine, Func<int, Window, Layer> convolution, params IReadOnlyList<Layer> shortcut) =>
    [
        new Residual(
            [
                convolution(channels, Square(3, stride)), new BatchNorm(affine), new Relu(),
                convolution(channels, Square(3, 1)), new BatchNorm(affine),
            ],
            shortcut),
        new Relu(),
    ];

    /// <summary>1×1, 3×3 and 1×1 convolutions, the last to four times the channels; the stride is that of the 3×3 one.</summary>
    /// <param name="channels">Of the first two.</param>
    public static Layer[] Bottleneck(int channels, int stride, bool changesShape) =>
    [
        new Residual(
            [
                Kaiming(channels, Square(1, 1)), new BatchNorm(), new Relu(),
                Kaiming(channels, Square(3, stride)), new BatchNorm(), new Relu(),
                Kaiming(4 * channels, Square(1, 1)), new BatchNorm(),
            ],
            changesShape ? [Kaiming(4 * channels, Square(1, stride)), new BatchNorm()] : []),
        new Relu(),
    ];

    /// <summary>
    /// Normalisation and ReLU before each of two 3×3 convolutions (He et al. 2016, "Identity mappings"). Where the shape changes, chain and shortcut
    /// both begin after the first ReLU.
    /// </summary>
    public static Layer[] PreActivated(int channels, int stride, bool changesShape)
    {
        Layer[] first = [new BatchNorm(), new Relu()];
        Layer[] rest = [Kaiming(channels, Square(3, stride)), new BatchNorm(), new Relu(), Kaiming(channels, Square(3, 1))];
        return changesShape
            ? [.. first, new Residual(rest, Kaiming(channels, Square(1, stride)))]
            : [new Residual([.. first, .. rest])];
    }

    /// <summary>Without bias, N(0, 2/fan_out) at first, as He et al. (2015) have it for deep networks of ReLU.</summary>
    public static Layer Kaiming(int channels, Window window) =>
        new Convolution(channels, window, bias: false, initialise: (_, fanOut) => Initialisation.KaimingNormal(fanOut));

    /// <summary>Without bias, PyTorch's default at first.</summary>
    public static Layer Plain(int channels, Window window) => new Convolution(channels, window, bias: false);

    /// <summary>A square window that keeps the size of an image but for its stride.</summary>
    public static Window Square(int side, int stride) => new(side, side, stride, side / 2);
}
