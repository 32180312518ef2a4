using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>What "run what is missing" would train of a sweep.</summary>
public sealed record MissingRuns
{
    public required long SweepId { get; init; }

    public required SweepStatus Status { get; init; }

    public required SweepSpecification Specification { get; init; }

    /// <summary>In the order of the grid.</summary>
    public required IReadOnlyList<MissingRun> Runs { get; init; }

    /// <summary>Runs with a result: finished, without progress, diverged or exploded.</summary>
    public required int WithResult { get; init; }

    /// <summary>Runs that wait or train already; of a paused sweep they go on together with the missing ones.</summary>
    public required int Unfinished { get; init; }
}
