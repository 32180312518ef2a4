using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Sweeps;

/// <summary>Lines of the list of sweeps. Runs are counted by the database, over an index that holds all the columns it needs.</summary>
internal static class SummaryQuery
{
    /// <param name="sweepId">One sweep, or null for all.</param>
    /// <returns>Newest first.</returns>
    public static async Task<IReadOnlyList<SweepSummary>> ReadAsync(StepsizeContext context, long? sweepId, DateTimeOffset now, CancellationToken cancellation)
    {
        var sweeps = await context.Sweeps.AsNoTracking()
            .Where(s => sweepId == null || s.Id == sweepId)
            .OrderByDescending(s => s.Id)
            .Select(s => new Line(s.Id, s.Name, s.Workload, s.Status, s.CreatedAt, s.StartedAt, s.FinishedAt, s.ResumedAt, s.IterationsAtResume))
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

        // A finished run counts in full, however early it diverged.
        var done = finished.Sum(g => g.Planned) + unfinished.Sum(g => g.Iterations);
        return new SweepSummary
        {
            Id = sweep.Id,
            Name = sweep.Name,
            Workload = sweep.Workload,
            Status = sweep.Status,
            Runs = groups.Sum(g => g.Count),
            RunsFinished = finished.Sum(g => g.Count),
            RunsDiverged = finished.Where(g => g.Outcome == RunOutcome.Diverged).Sum(g => g.Count),
            RunsFailed = finished.Where(g => g.Outcome == RunOutcome.Failed).Sum(g => g.Count),
            Progress = planned == 0 ? 0 : (double)done / planned,
            CreatedAt = sweep.CreatedAt,
            StartedAt = sweep.StartedAt,
            FinishedAt = sweep.FinishedAt,
            Remaining = Remaining(sweep, groups.Sum(g => g.Iterations), unfinished.Sum(g => g.Planned - g.Iterations), now),
        };
    }

    /// <summary>The pace counts iterations really made: a diverged run's others were never waited for.</summary>
    private static TimeSpan? Remaining(Line sweep, long made, long left, DateTimeOffset now)
    {
        var madeSince = made - sweep.IterationsAtResume;
        return sweep.Status == SweepStatus.Running && sweep.ResumedAt is { } resumed && madeSince > 0 && now > resumed
            ? (now - resumed) * ((double)left / madeSince)
            : null;
    }

    private sealed record Line(
        long Id,
        string Name,
        string Workload,
        SweepStatus Status,
        DateTimeOffset CreatedAt,
        DateTimeOffset? StartedAt,
        DateTimeOffset? FinishedAt,
        DateTimeOffset? ResumedAt,
        long IterationsAtResume);

    private sealed record Group(long SweepId, RunStatus Status, RunOutcome? Outcome, int Count, long Iterations, long Planned);
}
