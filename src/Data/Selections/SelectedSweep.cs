using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Selections;

/// <summary>The selected runs of one sweep.</summary>
/// <param name="Runs">In the order of the grid.</param>
public sealed record SelectedSweep(long Id, string Name, SweepSpecification Specification, IReadOnlyList<SelectedRun> Runs);

/// <summary>What a chart of many runs needs to know of each.</summary>
public sealed record SelectedRun
{
    public required long Id { get; init; }

    /// <summary>Index into the specification's optimizers.</summary>
    public required int Row { get; init; }

    public required double AxisValue { get; init; }

    public required int Seed { get; init; }

    public required RunStatus Status { get; init; }

    public RunOutcome? Outcome { get; init; }

    public int? FirstBadIteration { get; init; }

    /// <summary>Iterations stored.</summary>
    public required int Iterations { get; init; }

    public required int IterationsPlanned { get; init; }

    /// <summary>Null until it has begun.</summary>
    public RunProvenance? Provenance { get; init; }
}
