using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Data.Workers;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Sweeps.Bin;

/// <summary>The bin: a time of deletion on the rows of sweeps and runs, and a filter on every query that does not ask for it.</summary>
internal sealed class SweepBin(IDbContextFactory<StepsizeContext> contexts, TimeProvider time) : IBin
{
    public async Task DeleteSweepAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var status = await LockedSweep.LockAsync(context, sweepId, cancellation);
        if (status == SweepStatus.Running)
        {
            await SweepTransitions.SetAsync(context, sweepId, SweepStatus.Queued, time.GetUtcNow(), cancellation);
        }

        await LockedSweep.CloseIfDoneAsync(context, sweepId, time.GetUtcNow(), cancellation);
        var now = time.GetUtcNow();
        await context.Sweeps.Where(s => s.Id == sweepId).ExecuteUpdateAsync(s => s.SetProperty(x => x.DeletedAt, now), cancellation);
        await SweepCohorts.FollowAsync(context, sweepId, now, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public async Task<long> DeleteRunAsync(long runId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var run = await FindAsync(context, runId, cancellation);
        await LockedSweep.LockAsync(context, run.SweepId, cancellation);
        var now = time.GetUtcNow();
        await SweepTransitions.CutShortAsync(context, r => r.Id == runId, cancellation);
        if (await context.Runs.Where(r => r.Id == runId).ExecuteUpdateAsync(s => s.SetProperty(r => r.DeletedAt, now), cancellation) == 0)
        {
            throw new InvalidInputException("", $"Run {runId} is in the bin already.");
        }

        await FollowAsync(context, run.SweepId, cancellation);
        await transaction.CommitAsync(cancellation);
        return run.SweepId;
    }

    public async Task<SweepStatus> RestoreSweepAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var restored = await context.Sweeps.IgnoreQueryFilters().Where(s => s.Id == sweepId && s.DeletedAt != null).ExecuteUpdateAsync(
            s => s.SetProperty(x => x.DeletedAt, (DateTimeOffset?)null).SetProperty(x => x.Revision, x => x.Revision + 1), cancellation);
        if (restored == 0)
        {
            throw new InvalidInputException("", $"Sweep {sweepId} is not in the bin: it was restored already, or removed for good.");
        }

        await SweepCohorts.LockAsync(context, sweepId, cancellation);
        var status = await context.Sweeps.Where(s => s.Id == sweepId).Select(s => s.Status).SingleAsync(cancellation);
        await SweepCohorts.FollowAsync(context, sweepId, time.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        return status;
    }

    public async Task<long> RestoreRunAsync(long runId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var run = await FindAsync(context, runId, cancellation);
        await LockedSweep.LockAsync(context, run.SweepId, cancellation);
        var successor = await context.Runs.Where(r => r.SweepId == run.SweepId && r.Ordinal == run.Ordinal).Select(r => (long?)r.Id).SingleOrDefaultAsync(cancellation);
        if (successor is { } id && id != runId)
        {
            throw new InvalidInputException("", $"Run {runId} was replaced by run {id}, which has the same configuration; delete that one first.");
        }

        var restored = await context.Runs.IgnoreQueryFilters().Where(r => r.Id == runId && r.DeletedAt != null)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.DeletedAt, (DateTimeOffset?)null), cancellation);
        if (restored == 0)
        {
            throw new InvalidInputException("", $"Run {runId} is not in the bin.");
        }

        await FollowAsync(context, run.SweepId, cancellation);
        await transaction.CommitAsync(cancellation);
        return run.SweepId;
    }

    public async Task<IReadOnlyList<BinnedSweep>> ListSweepsAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await BinQuery.SweepsAsync(context, sweepId: null, cancellation);
    }

    public async Task<IReadOnlyList<BinnedRun>> ListRunsAsync(long? sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginReadAsync(cancellation);
        return await BinQuery.RunsAsync(context, sweepId, runId: null, cancellation);
    }

    public async Task<BinnedSweep?> FindSweepAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return (await BinQuery.SweepsAsync(context, sweepId, cancellation)).SingleOrDefault();
    }

    public async Task<BinnedRun?> FindRunAsync(long runId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginReadAsync(cancellation);
        return (await BinQuery.RunsAsync(context, sweepId: null, runId, cancellation)).SingleOrDefault();
    }

    public async Task<int> PurgeAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await BinPurge.RunAsync(context, time.GetUtcNow() - BinPeriod.Length, cancellation);
    }

    /// <exception cref="InvalidInputException">There is no such run.</exception>
    private static async Task<Place> FindAsync(StepsizeContext context, long runId, CancellationToken cancellation) =>
        await context.Runs.IgnoreQueryFilters().Where(r => r.Id == runId).Select(r => new Place(r.SweepId, r.Ordinal)).SingleOrDefaultAsync(cancellation)
            ?? throw new InvalidInputException("", $"There is no run {runId}.");

    /// <summary>Lets the sweep's status follow its runs: it may have lost its last unfinished one, or the only one that had failed.</summary>
    private async Task FollowAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        if (!await LockedSweep.CloseIfDoneAsync(context, sweepId, time.GetUtcNow(), cancellation))
        {
            await LockedSweep.JudgeAgainAsync(context, sweepId, cancellation);
        }

        await SweepCohorts.FollowAsync(context, sweepId, time.GetUtcNow(), cancellation);
    }

    private sealed record Place(long SweepId, int Ordinal);
}
