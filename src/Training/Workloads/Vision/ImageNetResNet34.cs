using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads.Vision;

/// <summary>
/// ResNet-34 whose blocks normalise and rectify before they convolve (He et al. 2016, "Identity mappings"): a 7×7 convolution, maximum pooling and 16
/// blocks of 64 to 512 channels ("Block-normalized gradient", ICLR 2018 submission, table 3). The first block finds its input rectified already.
/// </summary>
public sealed class ImageNetResNet34 : ImageNetWorkload
{
    private static readonly int[] Blocks = [3, 4, 6, 3];
    private readonly int _width;
    private readonly IReadOnlyList<int> _blocks;

    public ImageNetResNet34()
        : this(null, 64, Blocks)
    {
    }

    /// <param name="width">Channels of the first stage; 64 but in tests.</param>
    /// <param name="blocks">Of each stage.</param>
    internal ImageNetResNet34(ImageNetSize? size, int width, IReadOnlyList<int> blocks)
        : base(size)
    {
        _width = width;
        _blocks = blocks;
    }

    public override string Id => "imagenet-resnet34";

    public override string Title => "ImageNet, pre-activation ResNet-34";

    public override string Source => "\"Block-normalized gradient\" (ICLR 2018 submission), table 3";

    public override string Summary => "Photographs in a thousand classes by a residual network of 34 layers that normalises before it convolves.";

    public override int DefaultBatchSize => 64;

    public override int DefaultEpochs => 50;

    protected override Network Describe(OptionSet options)
    {
        List<Layer> layers = [ResidualBlocks.Kaiming(_width, ResidualBlocks.Square(7, 2)), new BatchNorm(), new Relu(), new MaxPool(3, stride: 2, padding: 1)];
        layers.Add(new Residual(
        [
            ResidualBlocks.Kaiming(_width, ResidualBlocks.Square(3, 1)), new BatchNorm(), new Relu(), ResidualBlocks.Kaiming(_width, ResidualBlocks.Square(3, 1)),
        ]));
        for (var stage = 0; stage < _blocks.Count; stage++)
        {
            for (var block = stage == 0 ? 1 : 0; block < _blocks[stage]; block++)
            {
                layers.AddRange(ResidualBlocks.PreActivated(_width << stage, stride: block == 0 ? 2 : 1, changesShape: block == 0));
            }
        }

        return new Network([3, Side, Side], [.. layers, new BatchNorm(), new Relu(), new GlobalAveragePool(), new Linear(Classes)], new SoftmaxCrossEntropy(countsTopFive: true));
    }
}
