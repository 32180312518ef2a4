using Stepsize.Training.Options;
using Stepsize.Training.Randomness;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>Runs of one sweep that are trained together as one job: same workload, options, batch size and length.</summary>
public sealed record Cohort
{
    public required Workload Workload { get; init; }

    public required OptionSet WorkloadOptions { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>Length of a run; exactly one of the two is given.</summary>
    public int? Epochs { get; init; }

    public int? Iterations { get; init; }

    public IReadOnlyList<int> EvaluateAtEpochs { get; init; } = [];

    public IReadOnlyList<int> EvaluateAtIterations { get; init; } = [];

    public bool StopWhenDiverged { get; init; } = true;

    public bool RecordIterates { get; init; }

    public bool RecordLayers { get; init; }

    public required IReadOnlyList<CohortRun> Runs { get; init; }

    /// <summary>Iterations of each run.</summary>
    internal int IterationsOf(BatchOrder order) => Iterations ?? checked(Epochs!.Value * order.IterationsPerEpoch);

    /// <summary>The runs of a sweep as one cohort.</summary>
    public static Cohort Of(SweepSpecification sweep, IReadOnlyList<CohortRun> runs) => new()
    {
        Workload = sweep.Workload,
        WorkloadOptions = sweep.WorkloadOptions,
        BatchSize = sweep.BatchSize,
        Epochs = sweep.Epochs,
        Iterations = sweep.Iterations,
        EvaluateAtEpochs = sweep.EvaluateAtEpochs,
        EvaluateAtIterations = sweep.EvaluateAtIterations,
        StopWhenDiverged = sweep.StopWhenDiverged,
        RecordIterates = sweep.RecordIterates,
        RecordLayers = sweep.RecordLayers,
        Runs = runs,
    };
}
