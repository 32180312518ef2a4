using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Workers;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>What every operation on a sweep begins with and ends on. Called inside a transaction.</summary>
internal static class LockedSweep
{
    /// <summary>Locks the sweep, and what workers have of it, until the transaction ends, by counting up its revision, and reads its status.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep, or it is in the bin.</exception>
    public static async Task<SweepStatus> LockAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        var found = await context.Sweeps.Where(s => s.Id == sweepId)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.Revision, x => x.Revision + 1), cancellation);
        if (found == 0)
        {
            var isBinned = await context.Sweeps.IgnoreQueryFilters().AnyAsync(s => s.Id == sweepId, cancellation);
            throw new InvalidInputException("", isBinned ? $"Sweep {sweepId} is in the bin; restore it first." : $"There is no sweep {sweepId}.");
        }

        await SweepCohorts.LockAsync(context, sweepId, cancellation);
        return await context.Sweeps.Where(s => s.Id == sweepId).Select(s => s.Status).SingleAsync(cancellation);
    }

    /// <summary>Ends a queued, running or paused sweep whose runs are all finished: failed where any of them failed, else completed.</summary>
    /// <returns>Whether it ended.</returns>
    public static async Task<bool> CloseIfDoneAsync(StepsizeContext context, long sweepId, DateTimeOffset now, CancellationToken cancellation)
    {
        var status = await context.Sweeps.Where(s => s.Id == sweepId).Select(s => (SweepStatus?)s.Status).SingleOrDefaultAsync(cancellation);
        if (status is not (SweepStatus.Queued or SweepStatus.Running or SweepStatus.Paused)
            || await context.Runs.AnyAsync(r => r.SweepId == sweepId && r.Status != RunStatus.Finished, cancellation))
        {
            return false;
        }

        await SweepTransitions.SetAsync(context, sweepId, await JudgeAsync(context, sweepId, cancellation), now, cancellation);
        return true;
    }

    /// <summary>Says of a completed or failed sweep again which of the two it is; its time of finishing stays.</summary>
    public static async Task JudgeAgainAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        var status = await JudgeAsync(context, sweepId, cancellation);
        await context.Sweeps.Where(s => s.Id == sweepId && (s.Status == SweepStatus.Completed || s.Status == SweepStatus.Failed))
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.Status, status), cancellation);
    }

    private static async Task<SweepStatus> JudgeAsync(StepsizeContext context, long sweepId, CancellationToken cancellation) =>
        await context.Runs.AnyAsync(r => r.SweepId == sweepId && r.Outcome == RunOutcome.Failed, cancellation) ? SweepStatus.Failed : SweepStatus.Completed;
}
