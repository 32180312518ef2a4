using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Extension;

namespace Stepsize.Web.Jobs.Local;

/// <summary>
/// Stores sweeps and puts them into the queue. Whatever changes the runs of a sweep stops its training before, so that nothing trains from a state that
/// is no longer stored, and schedules it again after; runs go on from their checkpoints, to the bit.
/// </summary>
internal sealed class SweepLauncher(
    ISweepStore store, ISweepControl control, IBin bin, SweepQueue queue, ActiveSweeps active, SweepGates gates, ISweepSignals signals,
    ISweepData data, DatasetFolders folders)
    : ISweepLauncher
{
    public async Task<long> LaunchAsync(SweepSpecification specification, CancellationToken cancellation)
    {
        var faults = new FaultList();
        await Task.Run(() => specification.Workload.CheckData(specification.WorkloadOptions, folders, faults), cancellation);
        faults.ThrowIfAny();
        var sweepId = await store.CreateAsync(specification, cancellation);

        // Should this not be reached, the next start of the program finds the sweep in the database.
        queue.Add(sweepId, priority: 0);
        signals.Publish(sweepId);
        return sweepId;
    }

    public Task CancelAsync(long sweepId, CancellationToken cancellation) =>
        StopAsync(sweepId, () => store.CancelAsync(sweepId, cancellation), cancellation);

    public Task PauseAsync(long sweepId, CancellationToken cancellation) =>
        StopAsync(sweepId, () => control.PauseAsync(sweepId, cancellation), cancellation);

    public async Task ResumeAsync(long sweepId, CancellationToken cancellation)
    {
        using var gate = await gates.EnterAsync(sweepId, cancellation);
        await control.ResumeAsync(sweepId, cancellation);
        await ScheduleAsync(sweepId);
    }

    public async Task SetPriorityAsync(long sweepId, int priority, CancellationToken cancellation)
    {
        await control.SetPriorityAsync(sweepId, priority, cancellation);
        queue.Move(sweepId, priority);
        signals.Publish(sweepId);
    }

    public async Task StopRunAsync(long runId, CancellationToken cancellation)
    {
        if (await store.FindSweepOfRunAsync(runId, cancellation) is not { } sweepId)
        {
            // Not to be seen: this says why.
            await control.StopRunAsync(runId, cancellation);
            return;
        }

        using var gate = await gates.EnterAsync(sweepId, cancellation);
        var wasTraining = await active.StopRunAsync(sweepId, runId, cancellation);
        try
        {
            await control.StopRunAsync(runId, cancellation);
        }
        catch (InvalidInputException) when (wasTraining)
        {
            // As it should be: it recorded its end itself.
        }

        signals.Publish(sweepId);
    }

    public Task<MissingRuns> PreviewMissingAsync(long sweepId, CancellationToken cancellation) => control.FindMissingAsync(sweepId, cancellation);

    public async Task<int> RunMissingAsync(long sweepId, IReadOnlyCollection<string>? hashes, CancellationToken cancellation)
    {
        await ReplacedTables.RefuseAsync(data, folders, sweepId, cancellation);
        return await ChangeAsync(sweepId, () => control.QueueMissingAsync(sweepId, hashes, cancellation), cancellation);
    }

    public async Task<ExtensionPlan> PreviewExtensionAsync(long sweepId, SweepExtension extension, CancellationToken cancellation)
    {
        await ReplacedTables.RefuseAsync(data, folders, sweepId, cancellation);
        return await control.PlanExtensionAsync(sweepId, extension, cancellation);
    }

    public async Task<long> ExtendAsync(long sweepId, SweepExtension extension, CancellationToken cancellation)
    {
        await ReplacedTables.RefuseAsync(data, folders, sweepId, cancellation);
        var extended = await ChangeAsync(sweepId, () => control.ExtendAsync(sweepId, extension, cancellation), cancellation);
        if (extended != sweepId)
        {
            await ScheduleAsync(extended);
        }

        return extended;
    }

    public Task DeleteSweepAsync(long sweepId, CancellationToken cancellation) =>
        StopAsync(sweepId, () => bin.DeleteSweepAsync(sweepId, cancellation), cancellation);

    public async Task RestoreSweepAsync(long sweepId, CancellationToken cancellation)
    {
        using var gate = await gates.EnterAsync(sweepId, cancellation);
        if (await bin.RestoreSweepAsync(sweepId, cancellation) == SweepStatus.Queued)
        {
            queue.Add(sweepId, await control.FindPriorityAsync(sweepId, CancellationToken.None));
        }

        signals.Publish(sweepId);
    }

    public async Task DeleteRunAsync(long runId, CancellationToken cancellation)
    {
        if (await store.FindSweepOfRunAsync(runId, cancellation) is { } sweepId)
        {
            using var gate = await gates.EnterAsync(sweepId, cancellation);
            await active.StopRunAsync(sweepId, runId, cancellation);
            await bin.DeleteRunAsync(runId, cancellation);
            signals.Publish(sweepId);
        }
        else
        {
            // Not to be seen: the bin says why.
            await bin.DeleteRunAsync(runId, cancellation);
        }
    }

    public async Task RestoreRunAsync(long runId, CancellationToken cancellation) => signals.Publish(await bin.RestoreRunAsync(runId, cancellation));

    /// <summary>
    /// Ends training for a change after which nothing of the sweep is to be trained. A training that does not end in time is left to end by itself: whatever keeps
    /// it, the sweep is what its person made of it.
    /// </summary>
    private async Task StopAsync(long sweepId, Func<Task> change, CancellationToken cancellation)
    {
        using var gate = await gates.EnterAsync(sweepId, cancellation);
        queue.Remove(sweepId);
        await active.StopAsync(sweepId, cancellation);
        try
        {
            // What was trained until now is stored; a training that begins from here on finds nothing to train, and one that began just before is stopped.
            await change();
            await active.StopAsync(sweepId, cancellation);
        }
        finally
        {
            await ScheduleIfQueuedAsync(sweepId);
        }
    }

    /// <summary>Ends training for a change, and lets it go on.</summary>
    /// <exception cref="InvalidInputException">The training does not end in time: nothing was changed.</exception>
    private async Task<T> ChangeAsync<T>(long sweepId, Func<Task<T>> change, CancellationToken cancellation)
    {
        using var gate = await gates.EnterAsync(sweepId, cancellation);
        queue.Remove(sweepId);
        try
        {
            return await active.StopAsync(sweepId, cancellation)
                ? await change()
                : throw new InvalidInputException(
                    "", $"The training of sweep {sweepId} takes longer than usual to stop, so nothing was changed; try again in a moment.");
        }
        finally
        {
            await ScheduleIfQueuedAsync(sweepId);
        }
    }

    /// <summary>Whether the change was made or refused: what the database says is to be trained is in the queue afterwards.</summary>
    private async Task ScheduleIfQueuedAsync(long sweepId)
    {
        if (await FindPriorityAsync(sweepId) is { } priority)
        {
            queue.Add(sweepId, priority);
        }

        signals.Publish(sweepId);
    }

    /// <returns>Null where the sweep is not to be trained.</returns>
    private async Task<int?> FindPriorityAsync(long sweepId)
    {
        try
        {
            return await control.FindStatusAsync(sweepId, CancellationToken.None) is SweepStatus.Queued or SweepStatus.Running
                ? await control.FindPriorityAsync(sweepId, CancellationToken.None)
                : null;
        }
        catch (Exception e) when (DatabaseFaults.MayPass(e))
        {
            // The job asks again, once the database answers, and trains nothing that is not to be trained.
            return 0;
        }
    }

    private async Task ScheduleAsync(long sweepId)
    {
        queue.Add(sweepId, await control.FindPriorityAsync(sweepId, CancellationToken.None));
        signals.Publish(sweepId);
    }
}
