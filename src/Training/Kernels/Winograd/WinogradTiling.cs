namespace Stepsize.Training.Kernels.Winograd;

/// <summary>How Winograd's convolution cuts images: output tiles of 4 × 4, each from an overlapping input tile of as many points a side as the transform has.</summary>
/// <remarks>
/// 3 × 3 kernels take 36 multiplications a tile where the definition takes 144, 5 × 5 kernels 64 instead of 400 (Winograd 1980; Lavin and Gray 2016). The price is rounding:
/// sums of differently scaled terms cancel, which costs one to two decimal digits of float's seven.
/// </remarks>
internal sealed class WinogradTiling
{
    /// <summary>Outputs of a tile, a side.</summary>
    public const int Side = 4;

    /// <summary>Transforms cost as much as some channels' products: with fewer channels or filters than this they do not pay.</summary>
    private const int FewestChannels = 8;

    /// <summary>The share of multiplications that must go for the rest to pay.</summary>
    private const int LeastGain = 2;

    public WinogradTiling(ConvolutionShape shape)
    {
        Kernel = shape.KernelHeight;
        Rows = (shape.OutputHeight + Side - 1) / Side;
        Columns = (shape.OutputWidth + Side - 1) / Side;
    }

    /// <summary>Height and width of the kernels, 3 or 5.</summary>
    public int Kernel { get; }

    /// <summary>Points of the transform and rows of an input tile: 6 or 8.</summary>
    public int Points => Side + Kernel - 1;

    /// <summary>Numbers of a transformed tile: products that replace the convolution.</summary>
    public int Frequencies => Points * Points;

    /// <summary>Rows of tiles in an image.</summary>
    public int Rows { get; }

    /// <summary>Columns of tiles in an image.</summary>
    public int Columns { get; }

    public int TilesPerImage => Rows * Columns;

    public int OutputHeight => Rows * Side;

    public int OutputWidth => Columns * Side;

    public int InputHeight => OutputHeight + Kernel - 1;

    public int InputWidth => OutputWidth + Kernel - 1;

    /// <summary>Whether a convolution can be done so.</summary>
    public static bool Fits(ConvolutionShape shape) =>
        shape.KernelHeight == shape.KernelWidth && shape.KernelHeight is 3 or 5 && shape is { Stride: 1, Groups: 1 };

    /// <summary>Whether it is worth it too.</summary>
    public static bool Pays(ConvolutionShape shape)
    {
        if (!Fits(shape) || Math.Min(shape.Channels, shape.Filters) < FewestChannels)
        {
            return false;
        }

        var tiling = new WinogradTiling(shape);
        return LeastGain * tiling.TilesPerImage * tiling.Frequencies <= shape.Positions * tiling.Kernel * tiling.Kernel;
    }
}
