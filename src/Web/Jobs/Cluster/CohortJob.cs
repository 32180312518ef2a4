using Hangfire;
using Stepsize.Data.Database;
using Stepsize.Data.Workers;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>
/// A job of the dispatcher, which wakes a worker: it claims cohorts and trains them until none waits. What it claims our own table says, so that a job too many, or
/// one that comes twice, finds nothing, and one that is lost is put there again.
/// </summary>
internal sealed class CohortJob(
    ICohortClaims claims, WorkerIdentity worker, CohortLeases leases, RefusedSweeps refused, CohortTraining training, Tickets tickets, DatabasePatience patience,
    ClusterStop stop, TimeProvider time)
{
    /// <summary>A worker that may take nothing looks this often whether it may again, keeping its place, so that it takes no job from another.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <remarks>Not tried again when it fails: the cohort is in the database, and whoever looks after those puts another job into the queue.</remarks>
    [AutomaticRetry(Attempts = 0)]
    public async Task TrainAsync(string queue)
    {
        try
        {
            while (await ClaimAsync(queue) is { } claim)
            {
                await TrainAsync(claim);
            }
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            // The program is ending; what waits, waits for others.
        }
    }

    private async Task<CohortClaim?> ClaimAsync(string queue)
    {
        while (!worker.MayTake)
        {
            await Task.Delay(Pause, time, stop.Token);
        }

        var claim = await patience.RunAsync(() => claims.ClaimAsync(worker.Key, queue, refused.Keys, stop.Token), stop.Token);
        if (claim is null && refused.Keys.Count > 0)
        {
            // This job may have been meant for one that another machine can train: that one should not wait until it is taken for lost.
            await Task.Delay(Pause, time, stop.Token);
            await tickets.AddAsync(queue);
        }

        return claim;
    }

    private async Task TrainAsync(CohortClaim claim)
    {
        using var lease = leases.Enter(claim);
        if (lease is null || (claim.Work is { } work && refused.Refuses(claim.SweepId, work)))
        {
            await patience.RunAsync(() => claims.GiveBackAsync(claim, reserved: false, CancellationToken.None), stop.Forced);
            return;
        }

        await training.TrainAsync(lease, observer: null, CancellationToken.None);
    }
}
