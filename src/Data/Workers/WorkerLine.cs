namespace Stepsize.Data.Workers;

/// <summary>A program that is open on the database, as people see it.</summary>
public sealed record WorkerLine
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string Host { get; init; }

    public required int Pid { get; init; }

    public required string Version { get; init; }

    public required string Device { get; init; }

    /// <summary>Empty where it only shows.</summary>
    public required IReadOnlyList<string> Queues { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset BeatAt { get; init; }

    /// <summary>Whether it has not said for a whole lease that it lives.</summary>
    public required bool IsGone { get; init; }

    public required bool IsDraining { get; init; }

    public required double IterationsPerSecond { get; init; }

    public string? Remark { get; init; }

    /// <summary>What it trains now, that which it began first first.</summary>
    public required IReadOnlyList<TrainedCohort> Trains { get; init; }
}

/// <summary>A cohort that is being trained.</summary>
/// <param name="Runs">Unfinished ones of the cohort.</param>
public sealed record TrainedCohort(long SweepId, string SweepName, int Runs, DateTimeOffset Since);
