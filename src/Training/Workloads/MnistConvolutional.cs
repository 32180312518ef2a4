using Stepsize.Training.Datasets;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads;

/// <summary>
/// Two convolutions and two linear layers without biases (Ward, Wu and Bottou 2020, figure 4, as published). ReLU comes after the pooling, with which
/// it commutes, for it then has a quarter of the numbers.
/// </summary>
public sealed class MnistConvolutional : MnistWorkload
{
    public override string Id => "mnist-cnn";

    public override string Title => "MNIST, convolutional network";

    public override string Source => "Ward, Wu and Bottou (2020), figure 4";

    public override string Summary => "Digits by 5×5 convolutions of 20 and 50 channels, each with 2×2 pooling, and linear layers of 500 and 10; no biases.";

    protected override Network Describe(OptionSet options) => new(
        input: [1, Mnist.Side, Mnist.Side],
        layers:
        [
            new Convolution(20, 5, bias: false), new MaxPool(2), new Relu(),
            new Convolution(50, 5, bias: false), new MaxPool(2), new Relu(),
            new Flatten(),
            new Linear(500, bias: false), new Relu(),
            new Linear(10, bias: false),
        ],
        loss: new SoftmaxCrossEntropy());
}
