using Stepsize.Training.Datasets;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads;

/// <summary>
/// Table 6 of Ioannou, Tagaris and Stafylopatis (2023), started as Keras does; no biases but in the last layer. The numbers are flattened channel by
/// channel where Keras has them place by place: the same network with its weights in another order, drawn alike.
/// </summary>
public sealed class AdaLipMnist : MnistWorkload
{
    private const InitialisationScheme Keras = InitialisationScheme.Keras;

    public override string Id => "adalip-mnist";

    public override string Title => "MNIST, the network of AdaLip";

    public override string Source => "Ioannou, Tagaris and Stafylopatis (2023), tables 2 and 6";

    public override string Summary => "Digits by 3×3 convolutions of 32 and 64 channels, 2×2 pooling, and linear layers of 128 and 10, started as Keras does.";

    public override int DefaultBatchSize => 128;

    public override int DefaultEpochs => 15;

    protected override Network Describe(OptionSet options) => new(
        input: [1, Mnist.Side, Mnist.Side],
        layers:
        [
            new Convolution(32, 3, bias: false, initialisation: Keras), new Relu(),
            new Convolution(64, 3, bias: false, initialisation: Keras), new MaxPool(2), new Relu(),
            new Flatten(),
            new Linear(128, bias: false, initialisation: Keras), new Relu(),
            new Linear(10, initialisation: Keras),
        ],
        loss: new SoftmaxCrossEntropy());
}
