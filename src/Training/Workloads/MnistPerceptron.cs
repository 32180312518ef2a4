using System.Globalization;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads;

/// <summary>784→100→…→10 with sigmoids, of 6, 12 or 18 linear layers ("Block-normalized gradient", ICLR 2018 submission, figure 1).</summary>
public sealed class MnistPerceptron : MnistWorkload
{
    private const int Hidden = 100;

    private static readonly OptionDefinition Depth = OptionDefinition.Choice("depth", "6", ["6", "12", "18"], "Linear layers, the last included.");

    public override string Id => "mnist-mlp";

    public override string Title => "MNIST, deep perceptron";

    public override string Source => "Block-normalized gradient (ICLR 2018 submission), figure 1";

    public override string Summary => "Digits by a perceptron of 6, 12 or 18 layers of 100 sigmoids: the deeper, the harder for an ordinary stepsize.";

    protected override IReadOnlyList<OptionDefinition> OwnOptions => [TrainLimit, Depth];

    public override int DefaultBatchSize => 100;

    public override int DefaultEpochs => 50;

    protected override Network Describe(OptionSet options)
    {
        var hidden = int.Parse(options.Choice(Depth.Id), CultureInfo.InvariantCulture) - 1;
        return new Network(
            input: [784],
            layers: [.. Enumerable.Range(0, hidden).SelectMany(_ => new Layer[] { new Linear(Hidden), new Sigmoid() }), new Linear(10)],
            loss: new SoftmaxCrossEntropy());
    }
}
