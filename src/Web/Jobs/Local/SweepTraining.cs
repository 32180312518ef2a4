using Stepsize.Data.Database;
using Stepsize.Data.Recording;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Jobs.Local;

/// <summary>Trains what is left of a sweep: takes it from the database, gives it to the executor and records how it ends.</summary>
internal sealed class SweepTraining(
    ISweepLifecycle lifecycle,
    RecordingService recording,
    DatabasePatience patience,
    IExecutor executor,
    ISweepSignals signals,
    DatabaseOptions database,
    ILogger<SweepTraining> log)
{
    /// <summary>
    /// Trains until every run has an outcome, or until it is stopped; its runs then go on later from their checkpoints. A database that is locked, full or
    /// away is waited for.
    /// </summary>
    /// <param name="lease">Of the sweep to train.</param>
    public async Task TrainAsync(ActiveSweeps.Lease lease)
    {
        try
        {
            await TrainOrFailAsync(lease);
        }
        catch (OperationCanceledException) when (lease.Token.IsCancellationRequested)
        {
            // The runs are where their checkpoints are; whoever cancelled decides what becomes of them.
        }
        catch (Exception e) when (DatabaseFaults.Describe(e, database) is { } sentence)
        {
            log.LogError("Sweep {Sweep} cannot be trained now, and goes on when the program is started again: {Reason}", lease.SweepId, sentence);
        }

        signals.Publish(lease.SweepId);
    }

    private async Task TrainOrFailAsync(ActiveSweeps.Lease lease)
    {
        var (sweepId, cancellation) = (lease.SweepId, lease.Token);
        string? failure;
        try
        {
            if (await patience.RunAsync(() => lifecycle.BeginAsync(sweepId, cancellation), cancellation) is not { } work)
            {
                return;
            }

            signals.Publish(sweepId);
            failure = await TrainRunsAsync(lease, work);
        }
        catch (InvalidInputException e)
        {
            failure = e.Message;
        }

        cancellation.ThrowIfCancellationRequested();

        // Every run has a result now, but for those that could not be trained or stored.
        await patience.RunAsync(
            () => lifecycle.FailUnfinishedAsync(sweepId, failure ?? "The training ended without a result of this run.", CancellationToken.None), cancellation);
        await patience.RunAsync(() => lifecycle.FinishIfDoneAsync(sweepId, CancellationToken.None), cancellation);
    }

    /// <returns>Why runs may have no result; null where all went well.</returns>
    private async Task<string?> TrainRunsAsync(ActiveSweeps.Lease lease, SweepWork work)
    {
        var sweepId = lease.SweepId;
        var recorder = recording.Open(() => signals.Publish(sweepId), lease.Token);
        var runs = new StoppableRuns(recorder, work.Runs);
        lease.Runs = runs;
        string? failure = null;
        try
        {
            await executor.TrainAsync(Cohort.Of(work.Specification, runs.Runs), runs, lease.Token);
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
