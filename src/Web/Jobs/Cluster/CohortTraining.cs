using Stepsize.Data.Database;
using Stepsize.Data.Recording;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>Trains a cohort that this worker has claimed, and tells the database what became of it.</summary>
internal sealed class CohortTraining(
    ICohortClaims claims,
    RecordingService recording,
    DatabasePatience patience,
    IExecutor executor,
    ISweepSignals signals,
    ILogger<CohortTraining> log)
{
    /// <summary>
    /// Trains until every run has an outcome, the claim is lost, or it is stopped: then the cohort is given back. A database that is away is waited for as long as
    /// the claim holds.
    /// </summary>
    /// <param name="observer">Gets what is recorded, too; null for nobody.</param>
    public async Task TrainAsync(CohortLease lease, IRunRecorder? observer, CancellationToken cancellation)
    {
        var claim = lease.Claim;
        signals.Publish(claim.SweepId);
        string? failure;
        try
        {
            failure = claim.Work is { } work ? await TrainRunsAsync(lease, work, observer) : claim.Fault;
        }
        catch (InvalidInputException e)
        {
            failure = e.Message;
        }

        try
        {
            await (lease.Stop.IsCancellationRequested
                ? patience.RunAsync(() => claims.GiveBackAsync(claim, lease.IsReserved, cancellation), lease.Lost)
                : patience.RunAsync(() => claims.FinishAsync(claim, failure ?? "The training ended without a result of this run.", cancellation), lease.Lost));
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested)
        {
            // Whoever has the claim now says what becomes of the cohort.
        }

        signals.Publish(claim.SweepId);
    }

    /// <returns>Why runs may have no result; null where all went well.</returns>
    private async Task<string?> TrainRunsAsync(CohortLease lease, SweepWork work, IRunRecorder? observer)
    {
        var sweepId = lease.Claim.SweepId;
        var recorder = recording.Open(() => signals.Publish(sweepId), lease.Stop, lease.Claim.Fence, lease.Lose);
        var runs = new StoppableRuns(recorder, work.Runs, observer);
        lease.Runs = runs;
        string? failure = null;
        try
        {
            await executor.TrainAsync(Cohort.Of(work.Specification, runs.Runs), runs, lease.Stop);
        }
        catch (OperationCanceledException) when (lease.Stop.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not (OperationCanceledException or InvalidInputException))
        {
            log.LogError(e, "Training sweep {Sweep} failed.", sweepId);
            failure = $"Training failed: {e.Message}";
        }
        finally
        {
            await recorder.FlushAsync();
        }

        return recorder.FirstFailure ?? failure;
    }
}
