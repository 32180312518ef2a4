using System.Numerics;
using Stepsize.Training.Datasets;
using Stepsize.Training.Networks;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads;

/// <summary>A workload that trains a network on examples: a subclass is its description, its network and its data.</summary>
public abstract class NetworkWorkload : Workload
{
    public override bool HasNetwork => true;

    public override WorkloadSize Measure(OptionSet options)
    {
        var network = Describe(options);
        var scalarBytes = Workloads.Precision.IsDouble(options, network.Parameters.Length) ? sizeof(double) : sizeof(float);
        var (train, test) = CountExamples(options);
        return new WorkloadSize(
            network.Parameters.Length, train, train + test, network.MultiplyAddsPerExample, network.ActivationBytesPerExample(scalarBytes))
        {
            Tensors = network.Parameters.Segments.Count,
        };
    }

    public override int? ClassCount(OptionSet options)
    {
        var network = Describe(options);
        return network.Loss.Classifies ? network.Output[^1] : null;
    }

    public override Problem Prepare(OptionSet options, DatasetFolders datasets)
    {
        var network = Describe(options);
        return Workloads.Precision.IsDouble(options, network.Parameters.Length) ? Build<double>(network, options, datasets) : Build<float>(network, options, datasets);
    }

    /// <summary>The network alone, for tests without data files.</summary>
    internal Network Network(OptionSet options) => Describe(options);

    /// <summary>The network that these options ask for.</summary>
    protected abstract Network Describe(OptionSet options);

    /// <summary>Examples to train on and to test on, known without loading them.</summary>
    protected abstract (int Train, int Test) CountExamples(OptionSet options);

    /// <summary>Loads the data.</summary>
    protected abstract NetworkProblem<T> Build<T>(Network network, OptionSet options, DatasetFolders datasets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
