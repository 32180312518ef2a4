using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Sweeps;

/// <summary>Lines of the list of sweeps. Runs are counted by the database, over an index that holds all the columns it needs.</summary>
internal static class SummaryQuery
{
    /// <summary>A century: at the pace of a first iteration the time left may be more than a time span holds.</summary>
    private const double LongestSeconds = 3e9;

    /// <param name="sweepId">One sweep, or null for all.</param>
    /// <returns>Newest first.</returns>
    public static async Task<IReadOnlyList<SweepSummary>> ReadAsync(StepsizeContext context, long? sweepId, DateTimeOffset now, CancellationToken cancellation)
    {
        var sweeps = await context.Sweeps.AsNoTracking()
            .Where(s => sweepId == null || s.Id == sweepId)
            .OrderByDescending(s => s.Id)
            .Select(s => new Line(s.Id, s.Name, s.Workload, s.Status, s.CreatedAt, s.StartedAt, s.FinishedAt, s.ResumedAt, s.IterationsAtResume, s.Revision, s.Priority))
            .ToListAsync(cancellation);
        var groups = await context.Runs.AsNoTracking()
            .Where(r => sweepId == null || r.SweepId == sweepId)
            .GroupBy(r => new { r.SweepId, r.Status, r.Outcome })
            .Select(g => new Group(
                g.Key.SweepId, g.Key.Status, g.Key.Outcome, g.Count(), g.Sum(r => (long)r.Iterations), g.Sum(r => (long)r.IterationsPlanned)))
            .ToListAsync(cancellation);
        var bySweep = groups.ToLookup(g => g.SweepId);
        return [.. sweeps.Select(sweep => Summarise(sweep, bySweep[sweep.Id].ToArray(), now))];
    }

    private static SweepSummary Summarise(Line sweep, Group[] groups, DateTimeOffset now)
    {
        var finished = groups.Where(g => g.Status == RunStatus.Finished).ToArray();
        var unfinished = groups.Where(g => g.Status != RunStatus.Finished).ToArray();
        var planned = groups.Sum(g => g.Planned);
        var pace = Pace(sweep, groups.Sum(g => g.Iterations), now);

        // A finished run counts in full, however early it diverged.
        var done = finished.Sum(g => g.Planned) + unfinished.Sum(g => g.Iterations);
        return new SweepSummary
        {
            Id = sweep.Id,
            Name = HiddenMarks.Without(sweep.Name),
            Workload = sweep.Workload,
            Status = sweep.Status,
            Runs = groups.Sum(g => g.Count),
            RunsFinished = finished.Sum(g => g.Count),
            RunsDiverged = finished.Where(g => g.Outcome is RunOutcome.Diverged or RunOutcome.Exploded).Sum(g => g.Count),
            RunsFailed = finished.Where(g => g.Outcome == RunOutcome.Failed).Sum(g => g.Count),
            RunsCutShort = finished.Where(g => g.Outcome == RunOutcome.CutShort).Sum(g => g.Count),
            Progress = planned == 0 ? 0 : (double)done / planned,
            CreatedAt = sweep.CreatedAt,
            StartedAt = sweep.StartedAt,
            FinishedAt = sweep.FinishedAt,
            Revision = sweep.Revision,
            Priority = sweep.Priority,
            IterationsPerSecond = pace,
            Remaining = pace is > 0 ? TimeSpan.FromSeconds(Math.Min(unfinished.Sum(g => g.Planned - g.Iterations) / pace.Value, LongestSeconds)) : null,
        };
    }

    /// <summary>The pace counts iterations really made: a diverged run's others were never waited for.</summary>
    private static double? Pace(Line sweep, long made, DateTimeOffset now) =>
        sweep.Status == SweepStatus.Running && sweep.ResumedAt is { } resumed && now > resumed
            ? Math.Max(0, made - sweep.IterationsAtResume) / (now - resumed).TotalSeconds
            : null;

    private sealed record Line(
        long Id,
        string Name,
        string Workload,
        SweepStatus Status,
        DateTimeOffset CreatedAt,
        DateTimeOffset? StartedAt,
        DateTimeOffset? FinishedAt,
        DateTimeOffset? ResumedAt,
        long IterationsAtResume,
        long Revision,
        int Priority);

    private sealed record Group(long SweepId, RunStatus Status, RunOutcome? Outcome, int Count, long Iterations, long Planned);
}
