using System.Text.Json.Nodes;
using Stepsize.Data.Sweeps;

namespace Stepsize.Web.Api.Sweeps;

/// <summary>A sweep in a list.</summary>
public sealed record SweepAnswer
{
    /// <summary>The sweep's number, which its addresses hold.</summary>
    public required long Id { get; init; }

    /// <summary>The name its author gave it.</summary>
    public required string Name { get; init; }

    /// <summary>Id of what is trained, as in /api/workloads.</summary>
    public required string Workload { get; init; }

    /// <summary>Where it stands.</summary>
    public required SweepStatus Status { get; init; }

    /// <summary>Of sweeps that wait, the greater is trained first.</summary>
    public required int Priority { get; init; }

    /// <summary>Runs of its grid.</summary>
    public required int Runs { get; init; }

    /// <summary>Runs that have ended, in whatever way.</summary>
    public required int RunsFinished { get; init; }

    /// <summary>Runs that were stopped before their end.</summary>
    public required int RunsCutShort { get; init; }

    /// <summary>Runs that diverged or exploded: a result.</summary>
    public required int RunsDiverged { get; init; }

    /// <summary>Runs that ended for a reason other than their training.</summary>
    public required int RunsFailed { get; init; }

    /// <summary>Share of all iterations made, in [0, 1].</summary>
    public required double Progress { get; init; }

    /// <summary>When it was launched.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When training began; null before.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its last run ended; null before.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Seconds left at the pace so far; null where it cannot be told.</summary>
    public required double? RemainingSeconds { get; init; }

    internal static SweepAnswer Of(SweepSummary sweep) => new()
    {
        Id = sweep.Id,
        Name = sweep.Name,
        Workload = sweep.Workload,
        Status = sweep.Status,
        Priority = sweep.Priority,
        Runs = sweep.Runs,
        RunsFinished = sweep.RunsFinished,
        RunsCutShort = sweep.RunsCutShort,
        RunsDiverged = sweep.RunsDiverged,
        RunsFailed = sweep.RunsFailed,
        Progress = sweep.Progress,
        CreatedAt = sweep.CreatedAt,
        StartedAt = sweep.StartedAt,
        FinishedAt = sweep.FinishedAt,
        RemainingSeconds = sweep.Remaining?.TotalSeconds,
    };
}

/// <summary>A sweep with everything that determines it.</summary>
public sealed record SweepDetailAnswer
{
    /// <summary>The sweep as in the list.</summary>
    public required SweepAnswer Sweep { get; init; }

    /// <summary>The specification, with every default filled in: launched again, it gives the same numbers.</summary>
    public required JsonObject Specification { get; init; }

    /// <summary>Measures that its evaluations hold, as the parameter measure takes them.</summary>
    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>Moments at which all runs are measured, as the parameter at takes them.</summary>
    public required IReadOnlyList<string> Moments { get; init; }
}
