using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Sweeps;

/// <summary>A sweep's way from queued to finished, each step one transaction.</summary>
internal sealed class SweepLifecycle(IDbContextFactory<StepsizeContext> contexts, TimeProvider time) : ISweepLifecycle
{
    public async Task<IReadOnlyList<long>> RecoverAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await SweepTransitions.CutShortAsync(context, r => r.Sweep!.Status == SweepStatus.Cancelled, cancellation);
        await context.Sweeps.Where(s => s.Status == SweepStatus.Running)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.Status, SweepStatus.Queued), cancellation);

        // A sweep whose last run was committed just before the program ended still has to be closed.
        var done = await context.Sweeps
            .Where(s => s.Status == SweepStatus.Queued && s.Runs.All(r => r.Status == RunStatus.Finished)).Select(s => s.Id).ToListAsync(cancellation);
        foreach (var sweepId in done)
        {
            await LockedSweep.CloseIfDoneAsync(context, sweepId, time.GetUtcNow(), cancellation);
        }

        var queued = await context.Sweeps.Where(s => s.Status == SweepStatus.Queued).OrderBy(s => s.Id).Select(s => s.Id).ToListAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return queued;
    }

    public async Task<SweepWork?> BeginAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var status = await StatusAsync(context, sweepId, cancellation);
        if (status is not (SweepStatus.Queued or SweepStatus.Running))
        {
            return null;
        }

        var work = await UnfinishedQuery.ReadAsync(context, sweepId, cancellation);
        if (work is not null && status == SweepStatus.Queued)
        {
            await SweepTransitions.SetAsync(context, sweepId, SweepStatus.Running, time.GetUtcNow(), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return work;
    }

    public async Task FailUnfinishedAsync(long sweepId, string error, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await SweepTransitions.FailAsync(context, r => r.SweepId == sweepId, error, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public async Task FinishIfDoneAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        if (await StatusAsync(context, sweepId, cancellation) is SweepStatus.Queued or SweepStatus.Running)
        {
            await LockedSweep.CloseIfDoneAsync(context, sweepId, time.GetUtcNow(), cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    public async Task DeleteAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        if (await StatusAsync(context, sweepId, cancellation) is (SweepStatus.Queued or SweepStatus.Running) and var status)
        {
            throw new InvalidInputException("", $"Sweep {sweepId} is {status.ToString()!.ToLowerInvariant()}; cancel it before deleting it.");
        }

        // The rest goes with it: every table refers to its parent with a cascading foreign key.
        await context.Sweeps.Where(s => s.Id == sweepId).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<SweepStatus?> StatusAsync(StepsizeContext context, long sweepId, CancellationToken cancellation) =>
        await context.Sweeps.Where(s => s.Id == sweepId).Select(s => (SweepStatus?)s.Status).SingleOrDefaultAsync(cancellation);
}
