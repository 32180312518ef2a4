using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Recording;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Workers;

/// <summary>Claims on PostgreSQL. Whoever claims, gives back or ends a cohort locks it first, so that of two one finds what the other left.</summary>
internal sealed class CohortClaims(IDbContextFactory<StepsizeContext> contexts, LeaseTerms terms, TimeProvider time) : ICohortClaims
{
    /// <summary>A cohort that another keeps locked is passed over. Its number is taken from the index of those that wait, so that thousands may.</summary>
    private const string Claim =
        """
        UPDATE "Cohorts" AS c SET "Status" = 'Held', "WorkerId" = {0}, "Fence" = nextval('"Fences"'), "Wish" = 'None', "ClaimedAt" = 
        """ + ServerClock.Now + """, "LeasedUntil" = {1} + """ + ServerClock.Now +
        """
        , "IterationsAtClaim" = (SELECT COALESCE(SUM(r."Iterations"), 0) FROM "Runs" AS r WHERE r."CohortId" = c."Id")
        WHERE c."Id" = (
            SELECT "Id" FROM "Cohorts" WHERE "Status" = 'Waiting' AND "Queue" = {2} AND NOT ("SweepId" = ANY({3}))
            ORDER BY "Priority" DESC, "Id" LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING c."Id", c."SweepId", c."Fence"
        """;

    private const string Hold =
        """
        UPDATE "Cohorts" SET "Status" = 'Held', "WorkerId" = {0}, "Fence" = nextval('"Fences"'), "ClaimedAt" = 
        """ + ServerClock.Now + """, "LeasedUntil" = {1} + """ + ServerClock.Now +
        """
         WHERE "SweepId" = {2} RETURNING "Id", "SweepId", "Fence"
        """;

    private const string GiveBack =
        """
        UPDATE "Cohorts" SET "Status" = {2}, "WorkerId" = NULL, "Fence" = 0, "Wish" = 'None', "Attempts" = 0, "TicketAt" = NULL, "ClaimedAt" = NULL,
            "LeasedUntil" = {3} + 
        """ + ServerClock.Now + """ WHERE "Id" = {0} AND "Fence" = {1} AND "Status" = 'Held'""";

    private long LeaseMilliseconds => (long)terms.Lease.TotalMilliseconds;

    public async Task<CohortClaim?> ClaimAsync(long workerId, string queue, IReadOnlyCollection<long> refused, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        ClaimRow? claimed;
        await using (var transaction = await context.Database.BeginTransactionAsync(cancellation))
        {
            claimed = (await context.Database.SqlQueryRaw<ClaimRow>(Claim, workerId, LeaseMilliseconds, queue, refused.ToArray()).ToListAsync(cancellation)).SingleOrDefault();
            if (claimed is null)
            {
                return null;
            }

            await FenceRunsAsync(context, claimed, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        await SayWhetherTrainedAsync(context, claimed.SweepId, cancellation);
        return await ReadAsync(context, claimed, cancellation);
    }

    public async Task<CohortClaim> CreateHeldAsync(long workerId, SweepSpecification specification, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var sweepId = await SweepInsertion.AddAsync(context, specification, time.GetUtcNow(), cancellation);
        await RunInsertion.AddAsync(context, sweepId, specification, GridPoints.Of(specification), cancellation);
        await SweepCohorts.FollowAsync(context, sweepId, time.GetUtcNow(), cancellation);

        // All runs in the first of its cohorts.
        var first = await context.Cohorts.Where(c => c.SweepId == sweepId).MinAsync(c => c.Id, cancellation);
        await context.Runs.Where(r => r.SweepId == sweepId).ExecuteUpdateAsync(s => s.SetProperty(r => r.CohortId, first), cancellation);
        await context.Cohorts.Where(c => c.SweepId == sweepId && c.Id != first).ExecuteDeleteAsync(cancellation);
        var held = (await context.Database.SqlQueryRaw<ClaimRow>(Hold, workerId, LeaseMilliseconds, sweepId).ToListAsync(cancellation)).Single();
        await FenceRunsAsync(context, held, cancellation);
        await SweepCohorts.SayWhetherTrainedAsync(context, sweepId, time.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        return await ReadAsync(context, held, cancellation);
    }

    public async Task GiveBackAsync(CohortClaim claim, bool reserved, CancellationToken cancellation)
    {
        var (cohort, fence) = (claim.Fence.CohortId, claim.Fence.Number);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using (var transaction = await context.Database.BeginTransactionAsync(cancellation))
        {
            var given = await context.Database.ExecuteSqlRawAsync(
                GiveBack,
                [cohort, fence, reserved ? nameof(CohortStatus.Held) : nameof(CohortStatus.Waiting), (long)LeaseTerms.Reserve.TotalMilliseconds],
                cancellation);
            if (given == 0)
            {
                return;
            }

            await context.Runs.Where(r => r.CohortId == cohort && r.Fence == fence).ExecuteUpdateAsync(s => s.SetProperty(r => r.Fence, 0L), cancellation);
            await transaction.CommitAsync(cancellation);
        }

        if (!reserved)
        {
            await SayWhetherTrainedAsync(context, claim.SweepId, cancellation);
        }
    }

    public async Task FinishAsync(CohortClaim claim, string error, CancellationToken cancellation)
    {
        var (cohort, fence) = (claim.Fence.CohortId, claim.Fence.Number);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await SweepCohorts.LockAsync(context, claim.SweepId, cancellation);

        // Where the claim does not hold, no run has its fence. A sweep that was changed just after its last run had ended still has to be closed.
        await SweepTransitions.FailAsync(context, r => r.CohortId == cohort && r.Fence == fence, error, cancellation);
        await LockedSweep.CloseIfDoneAsync(context, claim.SweepId, time.GetUtcNow(), cancellation);
        await SweepCohorts.FollowAsync(context, claim.SweepId, time.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static Task FenceRunsAsync(StepsizeContext context, ClaimRow claimed, CancellationToken cancellation) =>
        context.Runs.Where(r => r.CohortId == claimed.Id && r.Status != RunStatus.Finished)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Fence, claimed.Fence), cancellation);

    private static async Task<CohortClaim> ReadAsync(StepsizeContext context, ClaimRow claimed, CancellationToken cancellation)
    {
        var fence = new CohortFence(claimed.Id, claimed.Fence);
        try
        {
            return new CohortClaim(fence, claimed.SweepId, await UnfinishedQuery.ReadAsync(context, claimed.SweepId, fence, cancellation), null);
        }
        catch (InvalidInputException e)
        {
            return new CohortClaim(fence, claimed.SweepId, null, e.Message);
        }
    }

    /// <summary>In a transaction of its own, since a sweep is locked before its cohorts. Should it not be reached, the next reconciliation says so.</summary>
    private async Task SayWhetherTrainedAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await SweepCohorts.LockAsync(context, sweepId, cancellation);
        await SweepCohorts.SayWhetherTrainedAsync(context, sweepId, time.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private sealed class ClaimRow
    {
        public long Id { get; init; }

        public long SweepId { get; init; }

        public long Fence { get; init; }
    }
}
