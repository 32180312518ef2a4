using Stepsize.Training.Options;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Sweeps;

/// <summary>
/// A sweep as a person asks for it, checked and with every default filled in: a workload and a grid of optimizers, axis values and seeds.
/// <see cref="SpecificationReader"/> makes it from JSON, <see cref="SpecificationWriter"/> turns it back.
/// </summary>
public sealed record SweepSpecification
{
    public required string Name { get; init; }

    public required Workload Workload { get; init; }

    public required OptionSet WorkloadOptions { get; init; }

    public required IReadOnlyList<OptimizerGrid> Optimizers { get; init; }

    public required IReadOnlyList<int> Seeds { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>Length of a run; exactly one of <see cref="Epochs"/> and <see cref="Iterations"/> is given.</summary>
    public int? Epochs { get; init; }

    public int? Iterations { get; init; }

    /// <summary>Epochs after which the whole training and test sets are measured; the end of the run is always measured.</summary>
    public IReadOnlyList<int> EvaluateAtEpochs { get; init; } = [];

    public IReadOnlyList<int> EvaluateAtIterations { get; init; } = [];

    /// <summary>Whether a run ends at its first NaN or infinity.</summary>
    public bool StopWhenDiverged { get; init; } = true;

    /// <summary>Whether every parameter vector is kept (problems of at most 64 parameters).</summary>
    public bool RecordIterates { get; init; }

    /// <summary>Whether norms of gradient and update and the stepsize of each layer are kept for every iteration.</summary>
    public bool RecordLayers { get; init; }

    public int RunCount => Optimizers.Sum(o => o.Values.Count) * Seeds.Count;

    public int IterationsPerEpoch(WorkloadSize size) => LastBatch.IterationsPerEpoch(size.TrainingExamples, BatchSize, WorkloadOptions);

    public int IterationsPerRun(WorkloadSize size) => Iterations ?? checked(Epochs!.Value * IterationsPerEpoch(size));

    /// <summary>Every run of the grid: seed by seed, then optimizer by optimizer, then by axis value.</summary>
    public IEnumerable<RunConfiguration> Expand() =>
        from seed in Seeds
        from grid in Optimizers
        from value in grid.Values
        select new RunConfiguration
        {
            Workload = Workload,
            WorkloadOptions = WorkloadOptions,
            Optimizer = grid.Optimizer,
            Axis = grid.Axis,
            AxisValue = value,
            OptimizerOptions = grid.Options,
            Seed = seed,
            BatchSize = BatchSize,
            Epochs = Epochs,
            Iterations = Iterations,
        };
}
