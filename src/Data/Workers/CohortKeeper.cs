using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Control;

namespace Stepsize.Data.Workers;

/// <summary>Looks after all cohorts of a PostgreSQL database; every program does, one at a time.</summary>
internal sealed class CohortKeeper(IDbContextFactory<StepsizeContext> contexts, TimeProvider time) : ICohortKeeper
{
    /// <summary>Any number that only this locks on.</summary>
    private const long Turn = 0x5745_5053_4C4F_4F;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private const string Expired = """SELECT DISTINCT "SweepId" AS "Value" FROM "Cohorts" WHERE "Status" = 'Held' AND "LeasedUntil" < """ + ServerClock.Now;

    private const string ExpiredOfSweep =
        """
        SELECT c."Id", c."WorkerId", c."Attempts", c."IterationsAtClaim",
            (SELECT COALESCE(SUM(r."Iterations"), 0) FROM "Runs" AS r WHERE r."CohortId" = c."Id")::bigint AS "Iterations"
        FROM "Cohorts" AS c WHERE c."SweepId" = {0} AND c."Status" = 'Held' AND c."LeasedUntil" < 
        """ + ServerClock.Now;

    private const string TakeBack =
        """
        UPDATE "Cohorts" SET "Status" = 'Waiting', "WorkerId" = NULL, "Fence" = 0, "Wish" = 'None', "LeasedUntil" = NULL, "TicketAt" = NULL, "ClaimedAt" = NULL,
            "Attempts" = {1} WHERE "Id" = {0}
        """;

    /// <summary>Sweeps whose rows do not say what their runs and cohorts say; there are none but after a crash, or an upgrade.</summary>
    private const string OutOfStep =
        """
        SELECT s."Id" AS "Value" FROM "Sweeps" AS s WHERE s."DeletedAt" IS NULL AND (
            s."Status" IN ('Queued', 'Running') AND (
                NOT EXISTS (SELECT 1 FROM "Runs" AS r WHERE r."SweepId" = s."Id" AND r."Status" <> 'Finished' AND r."DeletedAt" IS NULL)
                OR EXISTS (SELECT 1 FROM "Runs" AS r WHERE r."SweepId" = s."Id" AND r."Status" <> 'Finished' AND r."DeletedAt" IS NULL
                    AND NOT EXISTS (SELECT 1 FROM "Cohorts" AS c WHERE c."Id" = r."CohortId"))
                OR (s."Status" = 'Running') <> EXISTS (SELECT 1 FROM "Cohorts" AS c WHERE c."SweepId" = s."Id" AND c."Status" = 'Held' AND c."WorkerId" IS NOT NULL))
            OR s."Status" = 'Cancelled' AND EXISTS (SELECT 1 FROM "Runs" AS r WHERE r."SweepId" = s."Id" AND r."Status" <> 'Finished'))
        """;

    private const string Forget =
        """DELETE FROM "Workers" AS w WHERE w."BeatAt" < """ + ServerClock.Now + """ - 86400000 AND NOT EXISTS (SELECT 1 FROM "Cohorts" AS c WHERE c."WorkerId" = w."Id")""";

    private const string TakeTickets =
        """UPDATE "Cohorts" AS c SET "TicketAt" = """ + ServerClock.Now +
        """
         FROM (SELECT "Id", "Queue", ROW_NUMBER() OVER (PARTITION BY "Queue" ORDER BY "Priority" DESC, "Id") AS "Place" FROM "Cohorts"
            WHERE "Status" = 'Waiting' AND ("TicketAt" IS NULL OR "TicketAt" < {0} + 
        """ + ServerClock.Now + """)) AS due WHERE c."Id" = due."Id" AND due."Place" <= {1} AND c."Status" = 'Waiting' RETURNING c."Queue" AS "Value" """;

    public async Task ReconcileAsync(CancellationToken cancellation)
    {
        await using var turn = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await turn.Database.BeginTransactionAsync(cancellation);
        var isOurs = await turn.Database.SqlQueryRaw<bool>("""SELECT pg_try_advisory_xact_lock({0}) AS "Value" """, Turn).ToListAsync(cancellation);
        if (!isOurs[0])
        {
            return;
        }

        foreach (var sweepId in await turn.Database.SqlQueryRaw<long>(Expired).ToListAsync(cancellation))
        {
            await TakeBackAsync(sweepId, cancellation);
        }

        foreach (var sweepId in await turn.Database.SqlQueryRaw<long>(OutOfStep).ToListAsync(cancellation))
        {
            await PutInOrderAsync(sweepId, cancellation);
        }

        await turn.Database.ExecuteSqlRawAsync(Forget, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public async Task YieldAsync(long sweepId, TimeSpan patience, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using (var transaction = await context.Database.BeginTransactionAsync(cancellation))
        {
            await SweepCohorts.LockAsync(context, sweepId, cancellation);
            var asked = await Trained(context, sweepId).ExecuteUpdateAsync(s => s.SetProperty(c => c.Wish, CohortWish.Yield), cancellation);
            if (asked == 0)
            {
                return;
            }

            await SweepCohorts.NotifyAsync(context, sweepId, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        for (var since = time.GetTimestamp(); time.GetElapsedTime(since) < patience; await Task.Delay(Poll, time, cancellation))
        {
            if (!await Trained(context, sweepId).AnyAsync(cancellation))
            {
                return;
            }
        }
    }

    public async Task<IReadOnlyDictionary<string, int>> CountWaitingAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.Cohorts.Where(c => c.Status == CohortStatus.Waiting).GroupBy(c => c.Queue)
            .ToDictionaryAsync(g => g.Key, g => g.Count(), StringComparer.Ordinal, cancellation);
    }

    public async Task<IReadOnlyDictionary<string, int>> TakeTicketsAsync(int most, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var queues = await context.Database.SqlQueryRaw<string>(TakeTickets, -(long)LeaseTerms.TicketAge.TotalMilliseconds, most).ToListAsync(cancellation);
        return queues.GroupBy(q => q, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<SweepPlace>> ListAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var cohorts = await context.Cohorts.AsNoTracking()
            .Select(c => new { c.Id, c.SweepId, c.Priority, IsTrained = c.Status == CohortStatus.Held && c.WorkerId != null, c.CreatedAt, c.ClaimedAt })
            .ToListAsync(cancellation);
        var sweeps = cohorts.GroupBy(c => c.SweepId).Select(cohorts => (
            Place: cohorts.Any(c => c.IsTrained)
                ? new SweepPlace(cohorts.Key, true, cohorts.Where(c => c.IsTrained).Min(c => c.ClaimedAt ?? c.CreatedAt))
                : new SweepPlace(cohorts.Key, false, cohorts.Min(c => c.CreatedAt)),
            cohorts.First().Priority,
            First: cohorts.Min(c => c.Id)));
        return [.. sweeps.OrderByDescending(s => s.Place.IsTrained).ThenByDescending(s => s.Priority).ThenBy(s => s.First).Select(s => s.Place)];
    }

    private static IQueryable<CohortEntity> Trained(StepsizeContext context, long sweepId) =>
        context.Cohorts.Where(c => c.SweepId == sweepId && c.Status == CohortStatus.Held && c.WorkerId != null);

    private async Task TakeBackAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await SweepCohorts.LockAsync(context, sweepId, cancellation);
        foreach (var cohort in await context.Database.SqlQueryRaw<ExpiredRow>(ExpiredOfSweep, sweepId).ToListAsync(cancellation))
        {
            // One that got any further before its worker ended may be tried for ever.
            var attempts = cohort.WorkerId is null || cohort.Iterations > cohort.IterationsAtClaim ? 0 : cohort.Attempts + 1;
            if (attempts >= LeaseTerms.MostAttempts)
            {
                await SweepTransitions.FailAsync(context, r => r.CohortId == cohort.Id, await SentenceAsync(context, cohort.WorkerId, cancellation), cancellation);
            }

            await context.Runs.IgnoreQueryFilters().Where(r => r.CohortId == cohort.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Fence, 0L), cancellation);
            await context.Database.ExecuteSqlRawAsync(TakeBack, [cohort.Id, attempts], cancellation);
        }

        await LockedSweep.CloseIfDoneAsync(context, sweepId, time.GetUtcNow(), cancellation);
        await SweepCohorts.FollowAsync(context, sweepId, time.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<string> SentenceAsync(StepsizeContext context, long? workerId, CancellationToken cancellation)
    {
        var last = await context.Workers.Where(w => w.Id == workerId).Select(w => w.Name).SingleOrDefaultAsync(cancellation);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{LeaseTerms.MostAttempts} times a worker ended without a word while it trained this run, before anything of it was stored{(last is null ? "" : $" (the last was {last})")}: it may need more memory than they have.");
    }

    private async Task PutInOrderAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await SweepCohorts.LockAsync(context, sweepId, cancellation);
        await SweepTransitions.CutShortAsync(context, r => r.SweepId == sweepId && r.Sweep!.Status == SweepStatus.Cancelled, cancellation);
        await LockedSweep.CloseIfDoneAsync(context, sweepId, time.GetUtcNow(), cancellation);
        await SweepCohorts.FollowAsync(context, sweepId, time.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private sealed class ExpiredRow
    {
        public long Id { get; init; }

        public long? WorkerId { get; init; }

        public int Attempts { get; init; }

        public long IterationsAtClaim { get; init; }

        public long Iterations { get; init; }
    }
}
