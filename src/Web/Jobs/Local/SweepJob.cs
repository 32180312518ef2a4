using Hangfire;

namespace Stepsize.Web.Jobs.Local;

/// <summary>A job of the dispatcher: trains the sweep that is first in line.</summary>
internal sealed class SweepJob(SweepTraining training, SweepQueue queue, ActiveSweeps active)
{
    /// <remarks>Not tried again when it fails: what a failed training leaves is in the database, and whoever reads it decides.</remarks>
    [AutomaticRetry(Attempts = 0)]
    public async Task TrainNextAsync()
    {
        if (queue.Take() is not { } sweepId)
        {
            return;
        }

        try
        {
            using var lease = active.Enter(sweepId);
            if (lease is not null)
            {
                await training.TrainAsync(lease);
            }
        }
        finally
        {
            queue.Done(sweepId);
        }
    }
}
