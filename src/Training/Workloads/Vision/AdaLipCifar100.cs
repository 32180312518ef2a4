using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads.Vision;

/// <summary>
/// Table 8 of Ioannou, Tagaris and Stafylopatis (2023), started as Keras does, with Keras's batch normalisation and, as in the released code, biases in
/// every convolution and linear layer. Training images are turned, shifted and mirrored at random; the paper does not say how far: 15° and a tenth are taken here.
/// </summary>
public sealed class AdaLipCifar100 : CifarWorkload
{
    private const InitialisationScheme Keras = InitialisationScheme.Keras;
    private readonly int _width;

    public AdaLipCifar100()
        : this(null, 64)
    {
    }

    /// <param name="width">Channels of the first convolution; 64 but in tests.</param>
    internal AdaLipCifar100(CifarSize? size, int width)
        : base(new Cifar100Dataset(), size)
    {
        _width = width;
    }

    public override string Id => "adalip-cifar100";

    public override string Title => "CIFAR-100, the network of AdaLip";

    public override string Source => "Ioannou, Tagaris and Stafylopatis (2023), tables 4 and 8";

    public override string Summary => "Photographs in a hundred classes by eight 3×3 convolutions of 64 to 512 channels and linear layers of 512 and 100, started as Keras does.";

    public override int DefaultEpochs => 70;

    protected override IReadOnlyList<OptionDefinition> OwnOptions { get; } =
    [
        OptionDefinition.Flag("biases", true, "Whether convolutions and the first linear layer have biases, as in the authors' released code.", implied: false),
    ];

    private protected override ImageVariation Variation => new RotateShiftAndFlip(15, 0.1);

    protected override Network Describe(OptionSet options)
    {
        var biases = options.Flag("biases");
        return new Network(
            input: [CifarFormat.Channels, CifarFormat.Side, CifarFormat.Side],
            layers:
            [
                .. Convolved(_width), new MaxPool(2),
                .. Convolved(2 * _width), new MaxPool(2),
                .. Convolved(4 * _width), .. Convolved(4 * _width), new MaxPool(2),
                .. Convolved(8 * _width), .. Convolved(8 * _width), new MaxPool(2),
                .. Convolved(8 * _width), .. Convolved(8 * _width), new MaxPool(2),
                new Flatten(),
                new Linear(8 * _width, bias: biases, initialisation: Keras), new Relu(), Normalisation(), new Dropout(0.5),
                new Linear(Classes, initialisation: Keras),
            ],
            loss: new SoftmaxCrossEntropy(countsTopFive: true));

        Layer[] Convolved(int channels) =>
            [new Convolution(channels, 3, padding: 1, bias: biases, initialisation: Keras), new Relu(), Normalisation()];
    }

    /// <summary>With Keras's defaults; its momentum of 0.99 is the share that stays.</summary>
    private static BatchNorm Normalisation() => new(momentum: 0.01, epsilon: 1e-3);
}
