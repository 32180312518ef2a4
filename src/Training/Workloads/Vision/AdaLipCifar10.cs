using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads.Vision;

/// <summary>
/// Table 7 of Ioannou, Tagaris and Stafylopatis (2023), started as Keras does; like their network for MNIST it has no biases but in the last layer.
/// Pixels are in [0, 1].
/// </summary>
public sealed class AdaLipCifar10 : CifarWorkload
{
    private const InitialisationScheme Keras = InitialisationScheme.Keras;
    private readonly int _width;

    public AdaLipCifar10()
        : this(null, 32)
    {
    }

    /// <param name="width">Channels of the first convolutions; 32 but in tests.</param>
    internal AdaLipCifar10(CifarSize? size, int width)
        : base(new Cifar10Dataset(), size)
    {
        _width = width;
    }

    public override string Id => "adalip-cifar10";

    public override string Title => "CIFAR-10, the network of AdaLip";

    public override string Source => "Ioannou, Tagaris and Stafylopatis (2023), tables 3 and 7";

    public override string Summary => "Photographs in ten classes by six 3×3 convolutions of 32 to 128 channels and linear layers of 200 and 10, started as Keras does.";

    public override int DefaultEpochs => 30;

    protected override Network Describe(OptionSet options) => new(
        input: [CifarFormat.Channels, CifarFormat.Side, CifarFormat.Side],
        layers:
        [
            .. Pair(_width, padding: 0), .. Pair(2 * _width, padding: 0), .. Pair(4 * _width, padding: 1),
            new Flatten(),
            new Linear(200, bias: false, initialisation: Keras), new Relu(),
            new Linear(Classes, initialisation: Keras),
        ],
        loss: new SoftmaxCrossEntropy());

    private static Layer[] Pair(int channels, int padding) =>
    [
        new Convolution(channels, 3, padding: padding, bias: false, initialisation: Keras), new Relu(),
        new Convolution(channels, 3, padding: padding, bias: false, initialisation: Keras), new MaxPool(2), new Relu(),
    ];
}
