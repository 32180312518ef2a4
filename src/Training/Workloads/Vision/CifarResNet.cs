using System.Globalization;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads.Vision;

/// <summary>
/// The residual networks of He et al. (2016) for CIFAR: three stages of 16, 32 and 64 channels, shortcuts without parameters ("Block-normalized
/// gradient", ICLR 2018 submission, tables 1 and 2). Channels have mean 0 and deviation 1 over the training set; training images are cropped out of
/// four pixels of padding, and mirrored, at random.
/// </summary>
public sealed class CifarResNet : CifarWorkload
{
    private readonly CifarDataset _dataset;
    private readonly int _table;
    private readonly int? _blocks;

    private CifarResNet(CifarDataset dataset, int table, CifarSize? size = null, int? blocks = null)
        : base(dataset, size)
    {
        _dataset = dataset;
        _table = table;
        _blocks = blocks;
        OwnOptions = [OptionDefinition.Integer("depth", 20, "Layers with weights: 2 more than a multiple of 6, others are rounded down to that. The source has 20, 32, 44, 56 and 110.", 8, 110)];
    }

    public override string Id => $"{_dataset.Id}-resnet";

    public override string Title => $"{_dataset.Title}, residual networks";

    public override string Source => string.Create(CultureInfo.InvariantCulture, $"\"Block-normalized gradient\" (ICLR 2018 submission), table {_table}");

    public override string Summary => $"Photographs in {Classes} classes by a residual network of 20 to 110 layers, cropped and mirrored at random.";

    protected override IReadOnlyList<OptionDefinition> OwnOptions { get; }

    public override int DefaultEpochs => 160;

    private protected override ImageVariation Variation => new CropAndFlip(4);

    public static CifarResNet Ten() => new(new Cifar10Dataset(), 1);

    public static CifarResNet Hundred() => new(new Cifar100Dataset(), 2);

    /// <param name="blocks">Blocks of a stage, whatever the depth.</param>
    internal static CifarResNet Small(CifarDataset dataset, CifarSize size, int blocks) => new(dataset, 1, size, blocks);

    private protected override ChannelScaling Scale(ImageExamples train) => ChannelScaling.Of(train);

    protected override Network Describe(OptionSet options)
    {
        // Six layers more make a block more in each of the three stages; between them the next smaller network is meant.
        var blocks = _blocks ?? (options.Integer("depth") - 2) / 6;
        List<Layer> layers = [ResidualBlocks.Kaiming(16, ResidualBlocks.Square(3, 1)), new BatchNorm(), new Relu()];
        for (var i = 0; i < 3 * blocks; i++)
        {
            var channels = 16 << (i / blocks);
            var changes = i > 0 && i % blocks == 0;
            layers.AddRange(ResidualBlocks.Basic(channels, changes ? 2 : 1, true, ResidualBlocks.Kaiming, changes ? [new ThinnedShortcut(channels, 2)] : []));
        }

        return new Network([CifarFormat.Channels, CifarFormat.Side, CifarFormat.Side], [.. layers, new GlobalAveragePool(), new Linear(Classes)], new SoftmaxCrossEntropy());
    }
}
