using Stepsize.Training.Datasets;
using Stepsize.Training.Networks;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads;

/// <summary>What the workloads on MNIST share.</summary>
public abstract class MnistWorkload : NetworkWorkload
{
    /// <summary>For the option lists of subclasses.</summary>
    protected static readonly OptionDefinition TrainLimit = OptionDefinition.Integer(
        "trainLimit", Mnist.TrainingImages, "Trains on the first so many of the 60,000 training images.", 1, Mnist.TrainingImages);

    protected override IReadOnlyList<OptionDefinition> OwnOptions => [TrainLimit];

    public override int DefaultBatchSize => 256;

    protected override (int Train, int Test) CountExamples(OptionSet options) => (options.Integer(TrainLimit.Id), Mnist.TestImages);

    protected override NetworkProblem<T> Build<T>(Network network, OptionSet options, DatasetFolders datasets)
    {
        var data = Mnist.Load(datasets);
        return new NetworkProblem<T>(network, data.Train<T>(options.Integer(TrainLimit.Id)), data.Test<T>(), data.Checksums);
    }
}
