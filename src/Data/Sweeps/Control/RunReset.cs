using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>Takes runs back to where they were before they began, keeping their keys: links to them stay right.</summary>
internal static class RunReset
{
    /// <summary>Keys in one statement; databases bound the number of parameters.</summary>
    private const int Batch = 500;

    /// <summary>Called inside a transaction.</summary>
    public static async Task QueueAsync(StepsizeContext context, IReadOnlyList<long> runIds, CancellationToken cancellation)
    {
        foreach (var ids in runIds.Chunk(Batch))
        {
            await context.MetricChunks.Where(c => ids.Contains(c.RunId)).ExecuteDeleteAsync(cancellation);
            await context.IterateChunks.Where(c => ids.Contains(c.RunId)).ExecuteDeleteAsync(cancellation);
            await context.LayerChunks.Where(c => ids.Contains(c.RunId)).ExecuteDeleteAsync(cancellation);
            await context.Evaluations.Where(e => ids.Contains(e.RunId)).ExecuteDeleteAsync(cancellation);
            await context.Checkpoints.Where(c => ids.Contains(c.RunId)).ExecuteDeleteAsync(cancellation);
            await context.Runs.Where(r => ids.Contains(r.Id)).ExecuteUpdateAsync(
                s => s.SetProperty(r => r.Status, RunStatus.Queued)
                    .SetProperty(r => r.Outcome, (RunOutcome?)null)
                    .SetProperty(r => r.FirstBadIteration, (int?)null)
                    .SetProperty(r => r.Iterations, 0)
                    .SetProperty(r => r.Seconds, 0.0)
                    .SetProperty(r => r.Error, (string?)null)
                    .SetProperty(r => r.Provenance, (string?)null)
                    .SetProperty(r => r.FinalParameters, (byte[]?)null)
                    .SetProperty(r => r.CohortId, (long?)null)
                    .SetProperty(r => r.Fence, 0L),
                cancellation);
        }
    }
}
