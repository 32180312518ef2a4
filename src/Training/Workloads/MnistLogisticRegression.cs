using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads;

/// <summary>784→10 without bias (Ward, Wu and Bottou 2020, figure 3).</summary>
public sealed class MnistLogisticRegression : MnistWorkload
{
    public override string Id => "mnist-logreg";

    public override string Title => "MNIST, logistic regression";

    public override string Source => "Ward, Wu and Bottou (2020), figure 3";

    public override string Summary => "Digits by one linear layer of 784→10 without bias: convex, and a run takes seconds.";

    protected override Network Describe(OptionSet options) => new(
        input: [784],
        layers: [new Linear(10, bias: false)],
        loss: new SoftmaxCrossEntropy());
}
