using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Sweeps;

/// <summary>Changes of status with what belongs to them. Each is called inside a transaction.</summary>
internal static class SweepTransitions
{
    public static async Task SetAsync(StepsizeContext context, long sweepId, SweepStatus status, DateTimeOffset now, CancellationToken cancellation)
    {
        var sweep = context.Sweeps.Where(s => s.Id == sweepId);
        switch (status)
        {
            case SweepStatus.Running:
                var made = await context.Runs.Where(r => r.SweepId == sweepId).SumAsync(r => (long)r.Iterations, cancellation);
                await sweep.ExecuteUpdateAsync(
                    s => s.SetProperty(x => x.Status, status)
                        .SetProperty(x => x.StartedAt, x => x.StartedAt ?? now)
                        .SetProperty(x => x.FinishedAt, (DateTimeOffset?)null)
                        .SetProperty(x => x.ResumedAt, now)
                        .SetProperty(x => x.IterationsAtResume, made),
                    cancellation);
                break;
            case SweepStatus.Queued or SweepStatus.Paused:
                await sweep.ExecuteUpdateAsync(
                    s => s.SetProperty(x => x.Status, status).SetProperty(x => x.FinishedAt, (DateTimeOffset?)null), cancellation);
                break;
            default:
                await sweep.ExecuteUpdateAsync(s => s.SetProperty(x => x.Status, status).SetProperty(x => x.FinishedAt, now), cancellation);
                break;
        }
    }

    /// <summary>Ends unfinished runs as cut short: what they recorded stays, their checkpoints go.</summary>
    public static Task CutShortAsync(StepsizeContext context, Expression<Func<RunEntity, bool>> which, CancellationToken cancellation) =>
        EndAsync(context, which, RunOutcome.CutShort, error: null, cancellation);

    /// <summary>Ends unfinished runs as failed.</summary>
    public static Task FailAsync(StepsizeContext context, Expression<Func<RunEntity, bool>> which, string error, CancellationToken cancellation) =>
        EndAsync(context, which, RunOutcome.Failed, error, cancellation);

    private static async Task EndAsync(
        StepsizeContext context, Expression<Func<RunEntity, bool>> which, RunOutcome outcome, string? error, CancellationToken cancellation)
    {
        var unfinished = context.Runs.Where(which).Where(r => r.Status != RunStatus.Finished);
        await context.Checkpoints.Where(c => unfinished.Any(r => r.Id == c.RunId)).ExecuteDeleteAsync(cancellation);
        await unfinished.ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Status, RunStatus.Finished).SetProperty(r => r.Outcome, outcome).SetProperty(r => r.Error, error), cancellation);
    }
}
