namespace Stepsize.Data.Sweeps;

/// <summary>A line of the list of sweeps.</summary>
public sealed record SweepSummary
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string Workload { get; init; }

    public required SweepStatus Status { get; init; }

    public required int Runs { get; init; }

    /// <summary>Ended, in whatever way.</summary>
    public required int RunsFinished { get; init; }

    public required int RunsDiverged { get; init; }

    public required int RunsFailed { get; init; }

    /// <summary>Stopped before their end, some perhaps before their first iteration.</summary>
    public int RunsCutShort { get; init; }

    /// <summary>Runs that came to an end of their own, be it by diverging.</summary>
    public int RunsWithResult => RunsFinished - RunsFailed - RunsCutShort;

    /// <summary>Share of all iterations made, in [0, 1].</summary>
    public required double Progress { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Grows with every change that a person makes to the sweep's runs: what is kept of a finished sweep is right for one revision.</summary>
    public long Revision { get; init; }

    /// <summary>Of sweeps that wait, the greater is trained first.</summary>
    public int Priority { get; init; }

    /// <summary>Iterations of all its runs together since training last began or went on; null where nothing trains.</summary>
    public double? IterationsPerSecond { get; init; }

    /// <summary>Time left at the pace so far; null where it cannot be told.</summary>
    public TimeSpan? Remaining { get; init; }
}
