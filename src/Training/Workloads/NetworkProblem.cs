using System.Numerics;
using Stepsize.Training.Analysis;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Kernels.Sparse;
using Stepsize.Training.Networks;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Workloads;

/// <summary>A network to be trained on a set of examples and measured on it and on a test set.</summary>
public sealed class NetworkProblem<T> : Problem<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <exception cref="InvalidInputException">The examples are not what the network takes.</exception>
    public NetworkProblem(Network network, SupervisedSet<T> train, SupervisedSet<T> test, IReadOnlyDictionary<string, string> checksums)
    {
        foreach (var set in new[] { train, test })
        {
            if (set.InputLength != network.Input.Length)
            {
                throw new InvalidInputException("network", $"examples of {set.InputLength} numbers do not fit an input of shape {network.Input}, which has {network.Input.Length}.");
            }
        }

        if (network.ReadsSparseInputs)
        {
            // Made here, before the first run: they are shared by all.
            _ = (train.SparseInputs, test.SparseInputs);
        }

        Network = network;
        Train = train;
        Test = test;
        DataChecksums = checksums;
        ChanceAccuracy = network.Loss.Classifies ? test.LargestClassShare() : double.NaN;
    }

    public Network Network { get; }

    /// <summary>What is trained on.</summary>
    public SupervisedSet<T> Train { get; }

    /// <summary>What is measured on besides.</summary>
    public SupervisedSet<T> Test { get; }

    /// <summary>
    /// Whether the examples are windows of one long sequence: batch i of an epoch then has window i of as many equal stretches as the batch has
    /// examples, whatever order is asked for, and the network carries its state from one batch to the next.
    /// </summary>
    public bool ReadsInOrder { get; init; }

    public override ParameterLayout Parameters => Network.Parameters;

    public override int TrainingExamples => Train.Count;

    public override IReadOnlyList<Measure> Measures => Network.Loss.Classifies
        ? [Measure.TestAccuracy, Measure.TrainAccuracy, .. Network.Loss.CountsTopFive ? [Measure.TestTopFiveAccuracy] : Array.Empty<Measure>(), Measure.TestLoss, Measure.TrainLoss]
        : [Measure.TestLoss, Measure.TrainLoss];

    public override double ChanceAccuracy { get; }

    /// <summary>A cross-entropy is the difference of logarithms of the size of its value for guessing.</summary>
    public override double RoundingFloorOf(Measure measure) =>
        Network.Loss.Classifies && !measure.IsAccuracy() ? RoundingFloor.Of(-Math.Log(ChanceAccuracy), ScalarBytes) : 0;

    public override IReadOnlyDictionary<string, string> DataChecksums { get; }

    public override int LockstepWidth => Sparse is null ? 1 : NetworkLockstep<T>.WidthFor(Network);

    private SparseMatrix<T>? Sparse => Network.ReadsSparseInputs && !ReadsInOrder ? Train.SparseInputs : null;

    public override TrainingStep<T> Compile(int batchSize) => Compile(batchSize, OnePartAtATime.Instance);

    public override Lockstep<T> CompileLockstep(int batchSize, int runs) =>
        Sparse is { } inputs ? new NetworkLockstep<T>(Network, inputs, batchSize, runs) : base.CompileLockstep(batchSize, runs);

    /// <exception cref="InvalidInputException">The batch is empty, larger than the data, or needs more memory than there is.</exception>
    public override TrainingStep<T> Compile(int batchSize, IPartRunner runner)
    {
        RequireBatch(batchSize);
        return !ReadsInOrder && SplitNetworkStep<T>.PartsOf(Network, batchSize) > 1
            ? new SplitNetworkStep<T>(Network, Train, Test, batchSize, runner)
            : new NetworkStep<T>(Network, Train, Test, batchSize, ReadsInOrder ? new WindowOrder(Train.Count, batchSize) : null);
    }

    /// <exception cref="InvalidInputException">The batch is larger than the data.</exception>
    public void RequireBatch(int batchSize)
    {
        if (batchSize > Train.Count)
        {
            throw new InvalidInputException("batchSize", $"{batchSize} is more than the {Train.Count} training examples; give at most that.");
        }
    }
}
