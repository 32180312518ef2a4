using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads.Vision;

/// <summary>
/// ResNet-18 for images of 32×32: a 3×3 convolution of 64 channels, eight blocks of 64 to 512 channels, one linear layer (Ward, Wu and Bottou 2020,
/// figure 4). Pixels are in [0, 1] and images are not varied, for the paper speaks of neither.
/// </summary>
public sealed class Cifar10ResNet18 : CifarWorkload
{
    private readonly int _width;

    public Cifar10ResNet18()
        : this(null, 64)
    {
    }

    /// <param name="width">Channels of the first stage; 64 but in tests.</param>
    internal Cifar10ResNet18(CifarSize? size, int width)
        : base(new Cifar10Dataset(), size)
    {
        _width = width;
    }

    public override string Id => "cifar10-resnet18";

    public override string Title => "CIFAR-10, ResNet-18";

    public override string Source => "Ward, Wu and Bottou (2020), figures 4 and 6";

    public override string Summary => "Photographs in ten classes by a residual network of 18 layers; with \"affine\" off, batch normalisation has no parameters.";

    protected override IReadOnlyList<OptionDefinition> OwnOptions { get; } =
        [OptionDefinition.Flag("affine", true, "Whether batch normalisation scales and shifts by parameters of its own. The paper shows both.")];

    public override int DefaultBatchSize => 256;

    public override int DefaultEpochs => 90;

    protected override Network Describe(OptionSet options)
    {
        var affine = options.Flag("affine");
        List<Layer> layers = [ResidualBlocks.Plain(_width, ResidualBlocks.Square(3, 1)), new BatchNorm(affine), new Relu()];
        for (var stage = 0; stage < 4; stage++)
        {
            var (channels, stride) = (_width << stage, stage == 0 ? 1 : 2);
            Layer[] shortcut = stage == 0 ? [] : [ResidualBlocks.Plain(channels, ResidualBlocks.Square(1, stride)), new BatchNorm(affine)];
            layers.AddRange(ResidualBlocks.Basic(channels, stride, affine, ResidualBlocks.Plain, shortcut));
            layers.AddRange(ResidualBlocks.Basic(channels, 1, affine, ResidualBlocks.Plain));
        }

        return new Network([CifarFormat.Channels, CifarFormat.Side, CifarFormat.Side], [.. layers, new GlobalAveragePool(), new Linear(Classes)], new SoftmaxCrossEntropy());
    }
}
