using System.Numerics;
using Stepsize.Torch.Tests.Networks;
using Stepsize.Training.Datasets;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads;

namespace Stepsize.Torch.Tests.Execution;

/// <summary>A network on few random examples, in the precision that a test wants. What is to be told apart can be learned.</summary>
internal sealed class SmallWorkload(Network network, bool inDouble, bool readsInOrder = false, int train = 60, int test = 20) : Workload
{
    /// <summary>Two layers, three classes.</summary>
    public static Network TwoLayers { get; } = new([6], [new Linear(8), new Tanh(), new Linear(3)], new SoftmaxCrossEntropy());

    /// <summary>With batch statistics and dropout, which leave and need more than parameters.</summary>
    public static Network WithState { get; } = new(
        [2, 6, 6], [new Convolution(4, 3, padding: 1), new BatchNorm(), new Relu(), new MaxPool(2), new Flatten(), new Dropout(0.3), new Linear(3)], new SoftmaxCrossEntropy());

    /// <summary>A language model that carries its state.</summary>
    public static Network Words { get; } = PennTreebankLstm.Network(7, 4, 5);

    public override string Id => "small";

    public override string Title => Id;

    public override string Source => "tests";

    public override string Summary => Id;

    public override int DefaultBatchSize => 10;

    public override WorkloadSize Measure(OptionSet options) => new(network.Parameters.Length, train, train + test, network.MultiplyAddsPerExample, 0);

    public override Problem Prepare(OptionSet options, DatasetFolders datasets)
    {
        var problem = RandomData.Problem(network, train, test, readsInOrder);
        return inDouble ? problem : new NetworkProblem<float>(network, Single(problem.Train), Single(problem.Test), problem.DataChecksums) { ReadsInOrder = readsInOrder };
    }

    private static SupervisedSet<float> Single(SupervisedSet<double> set) =>
        SupervisedSet<float>.Classification(set.Count, set.Inputs.ToArray().Select(v => (float)v).ToArray(), set.Labels.ToArray());
}
