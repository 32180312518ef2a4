using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads;

/// <summary>784→100→10 with ReLU, without biases (Ward, Wu and Bottou 2020, figure 3).</summary>
public sealed class MnistFullyConnected : MnistWorkload
{
    public override string Id => "mnist-fulconn2";

    public override string Title => "MNIST, two fully connected layers";

    public override string Source => "Ward, Wu and Bottou (2020), figure 3";

    public override string Summary => "Digits by 784→100→10 with ReLU, without biases: the smallest network that is not convex.";

    protected override Network Describe(OptionSet options) => new(
        input: [784],
        layers: [new Linear(100, bias: false), new Relu(), new Linear(10, bias: false)],
        loss: new SoftmaxCrossEntropy());
}
