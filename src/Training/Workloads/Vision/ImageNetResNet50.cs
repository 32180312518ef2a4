using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads.Vision;

/// <summary>
/// ResNet-50: a 7×7 convolution, maximum pooling, and 16 bottleneck blocks of 64 to 512 channels (He et al. 2016, with the stride at the 3×3
/// convolution as Goyal et al. 2017 have it). The last layer starts normally distributed (Ward, Wu and Bottou 2020, figure 5).
/// </summary>
public sealed class ImageNetResNet50 : ImageNetWorkload
{
    private static readonly int[] Blocks = [3, 4, 6, 3];
    private readonly int _width;
    private readonly IReadOnlyList<int> _blocks;

    public ImageNetResNet50()
        : this(null, 64, Blocks)
    {
    }

    /// <param name="width">Channels of the first stage; 64 but in tests.</param>
    /// <param name="blocks">Of each stage.</param>
    internal ImageNetResNet50(ImageNetSize? size, int width, IReadOnlyList<int> blocks)
        : base(size)
    {
        _width = width;
        _blocks = blocks;
    }

    public override string Id => "imagenet-resnet50";

    public override string Title => "ImageNet, ResNet-50";

    public override string Source => "Ward, Wu and Bottou (2020), figure 5";

    public override string Summary => "Photographs in a thousand classes by a residual network of 50 layers.";

    protected override IReadOnlyList<OptionDefinition> OwnOptions { get; } =
    [
        OptionDefinition.Number(
            "lastLayerVariance", 0.03125, "Variance of the last layer's weights at first. The paper raises it above 0.01, for the sake of a larger gradient norm.", 0, minimumIsExclusive: true),
    ];

    public override int DefaultBatchSize => 256;

    public override int DefaultEpochs => 90;

    protected override Network Describe(OptionSet options)
    {
        List<Layer> layers = [ResidualBlocks.Kaiming(_width, ResidualBlocks.Square(7, 2)), new BatchNorm(), new Relu(), new MaxPool(3, stride: 2, padding: 1)];
        for (var stage = 0; stage < _blocks.Count; stage++)
        {
            for (var block = 0; block < _blocks[stage]; block++)
            {
                layers.AddRange(ResidualBlocks.Bottleneck(_width << stage, stride: stage > 0 && block == 0 ? 2 : 1, changesShape: block == 0));
            }
        }

        var last = Initialisation.Normal(Math.Sqrt(options.Number("lastLayerVariance")));
        return new Network([3, Side, Side], [.. layers, new GlobalAveragePool(), new Linear(Classes, weight: last)], new SoftmaxCrossEntropy(countsTopFive: true));
    }
}
