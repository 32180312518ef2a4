using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Workers;

/// <summary>
/// Keeps the cohorts of a sweep in step with it, on PostgreSQL; on SQLite, where whole sweeps are trained by one program, nothing is done. Called inside the
/// transaction of every operation that changes a sweep or its runs, so that the database is right at once, whether or not a worker answers.
/// </summary>
/// <remarks>
/// Rows are locked in one order everywhere: the sweep, its cohorts by number, its runs. Who stores segments keeps the cohort's row (FOR KEY SHARE), which
/// <see cref="LockAsync"/> waits for; a worker's beat does not.
/// </remarks>
internal static class SweepCohorts
{
    /// <summary>Payload of the notice that a sweep was changed; the sweep's number follows.</summary>
    public const string Changed = "changed ";

    private const string Cut =
        """
        INSERT INTO "Cohorts" ("SweepId", "Queue", "Priority", "Status", "Fence", "Wish", "Attempts", "CreatedAt", "IterationsAtClaim")
        VALUES ({0}, {1}, {2}, 'Waiting', 0, 'None', 0, 
        """ + ServerClock.Now +
        """
        , 0) RETURNING "Id" AS "Value"
        """;

    private const string Workers =
        """
        SELECT COUNT(*)::int AS "Value" FROM "Workers"
        WHERE NOT "Draining" AND {1} = ANY(string_to_array("Queues", ',')) AND "BeatAt" > 
        """ + ServerClock.Now + " - {0}";

    /// <summary>Locks the sweep and its cohorts until the transaction ends, in the bin or not. What is being stored of its runs is stored first.</summary>
    public static async Task LockAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        if (!context.Database.IsNpgsql())
        {
            return;
        }

        await context.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Sweeps" WHERE "Id" = {sweepId} FOR UPDATE""", cancellation);
        await context.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Cohorts" WHERE "SweepId" = {sweepId} ORDER BY "Id" FOR UPDATE""", cancellation);
    }

    /// <summary>
    /// Makes the cohorts what the sweep and its runs, as they stand now, ask for: none where it is not to be trained, and then nobody's claim holds; a cohort for
    /// every unfinished run else. Runs that ended are nobody's. Tells all programs.
    /// </summary>
    public static async Task FollowAsync(StepsizeContext context, long sweepId, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!context.Database.IsNpgsql())
        {
            return;
        }

        var sweep = await context.Sweeps.IgnoreQueryFilters().Where(s => s.Id == sweepId)
            .Select(s => new { s.Status, s.DeletedAt, s.Priority, s.Specification }).SingleOrDefaultAsync(cancellation);
        if (sweep is { DeletedAt: null, Status: SweepStatus.Queued or SweepStatus.Running })
        {
            await ReleaseEndedAsync(context, sweepId, cancellation);
            await CutAsync(context, sweepId, sweep.Priority, sweep.Specification, cancellation);
            await SayWhetherTrainedAsync(context, sweepId, now, cancellation);
        }
        else
        {
            await RevokeAsync(context, sweepId, cancellation);
        }

        await NotifyAsync(context, sweepId, cancellation);
    }

    /// <summary>A sweep that somebody has a cohort of is running, another one that is to be trained is queued.</summary>
    public static async Task SayWhetherTrainedAsync(StepsizeContext context, long sweepId, DateTimeOffset now, CancellationToken cancellation)
    {
        var isTrained = await context.Cohorts.AnyAsync(c => c.SweepId == sweepId && c.Status == CohortStatus.Held && c.WorkerId != null, cancellation);
        var status = await context.Sweeps.Where(s => s.Id == sweepId).Select(s => (SweepStatus?)s.Status).SingleOrDefaultAsync(cancellation);
        if ((status, isTrained) is (SweepStatus.Queued, true) or (SweepStatus.Running, false))
        {
            await SweepTransitions.SetAsync(context, sweepId, isTrained ? SweepStatus.Running : SweepStatus.Queued, now, cancellation);
        }
    }

    public static Task NotifyAsync(StepsizeContext context, long sweepId, CancellationToken cancellation) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_notify({ClusterChannel.Name}, {Changed + sweepId})", cancellation);

    private static async Task RevokeAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        await context.Runs.IgnoreQueryFilters().Where(r => r.SweepId == sweepId && (r.Fence != 0 || r.CohortId != null)).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Fence, 0L).SetProperty(r => r.CohortId, (long?)null), cancellation);
        await context.Cohorts.Where(c => c.SweepId == sweepId).ExecuteDeleteAsync(cancellation);
    }

    private static async Task ReleaseEndedAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        await context.Runs.IgnoreQueryFilters()
            .Where(r => r.SweepId == sweepId && r.Fence != 0 && (r.Status == RunStatus.Finished || r.DeletedAt != null))
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Fence, 0L), cancellation);
        await context.Cohorts
            .Where(c => c.SweepId == sweepId && !context.Runs.Any(r => r.CohortId == c.Id && r.Status != RunStatus.Finished))
            .ExecuteDeleteAsync(cancellation);
    }

    private static async Task CutAsync(StepsizeContext context, long sweepId, int priority, string specification, CancellationToken cancellation)
    {
        var runs = await context.Runs
            .Where(r => r.SweepId == sweepId && r.Status != RunStatus.Finished && !context.Cohorts.Any(c => c.Id == r.CohortId))
            .OrderBy(r => r.Ordinal).Select(r => new { r.Id, r.Seed }).ToListAsync(cancellation);
        if (runs.Count == 0)
        {
            return;
        }

        var workers = (await context.Database.SqlQueryRaw<int>(Workers, (long)LeaseTerms.Standard.Lease.TotalMilliseconds, CohortQueues.Cpu).ToListAsync(cancellation))[0];
        foreach (var cohort in CohortCut.Cut([.. runs.Select(r => (r.Id, r.Seed))], SecondsPerRun(specification), workers))
        {
            var id = (await context.Database.SqlQueryRaw<long>(Cut, sweepId, CohortQueues.Cpu, priority).ToListAsync(cancellation))[0];
            await context.Runs.Where(r => cohort.Contains(r.Id)).ExecuteUpdateAsync(
                s => s.SetProperty(r => r.CohortId, id).SetProperty(r => r.Fence, 0L), cancellation);
        }
    }

    private static double SecondsPerRun(string specification)
    {
        try
        {
            return RunCost.SecondsOf(SpecificationReader.ParseStored(specification));
        }
        catch (InvalidInputException)
        {
            // Of another version: who claims it says so to those who wait for its runs.
            return 0;
        }
    }
}
