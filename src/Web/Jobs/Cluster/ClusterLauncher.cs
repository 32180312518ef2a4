using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Data.Workers;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Extension;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>
/// Starts, stops and changes sweeps that any worker of a PostgreSQL database trains. Each change is one transaction, which takes claims away from whoever trains
/// what is changed: the database is right when it is answered, and what a worker that has not heard of it makes is not stored.
/// </summary>
internal sealed class ClusterLauncher(
    ISweepStore store, ISweepControl control, IBin bin, ICohortKeeper keeper, Tickets tickets, ISweepSignals signals, ISweepData data, DatasetFolders folders)
    : ISweepLauncher
{
    /// <summary>How long a last checkpoint is waited for before a sweep is stopped.</summary>
    private static readonly TimeSpan LastCheckpoint = TimeSpan.FromSeconds(3);

    /// <summary>Attempts at a change that meets another at the same rows; PostgreSQL ends one of two that wait for each other.</summary>
    private const int MostAttempts = 3;

    public async Task<long> LaunchAsync(SweepSpecification specification, CancellationToken cancellation)
    {
        var faults = new FaultList();
        await Task.Run(() => specification.Workload.CheckData(specification.WorkloadOptions, folders, faults), cancellation);
        faults.ThrowIfAny();
        var sweepId = await store.CreateAsync(specification, cancellation);
        await AnnounceAsync(sweepId);
        return sweepId;
    }

    public Task CancelAsync(long sweepId, CancellationToken cancellation) => StopAsync(sweepId, () => store.CancelAsync(sweepId, cancellation), cancellation);

    public Task PauseAsync(long sweepId, CancellationToken cancellation) => StopAsync(sweepId, () => control.PauseAsync(sweepId, cancellation), cancellation);

    public Task ResumeAsync(long sweepId, CancellationToken cancellation) => ChangeAsync(sweepId, () => control.ResumeAsync(sweepId, cancellation));

    public Task SetPriorityAsync(long sweepId, int priority, CancellationToken cancellation) =>
        ChangeAsync(sweepId, () => control.SetPriorityAsync(sweepId, priority, cancellation));

    public async Task StopRunAsync(long runId, CancellationToken cancellation) =>
        await AnnounceAsync(await TryAsync(() => control.StopRunAsync(runId, cancellation)));

    public Task<MissingRuns> PreviewMissingAsync(long sweepId, CancellationToken cancellation) => control.FindMissingAsync(sweepId, cancellation);

    public async Task<int> RunMissingAsync(long sweepId, IReadOnlyCollection<string>? hashes, CancellationToken cancellation)
    {
        await ReplacedTables.RefuseAsync(data, folders, sweepId, cancellation);
        var queued = await TryAsync(() => control.QueueMissingAsync(sweepId, hashes, cancellation));
        await AnnounceAsync(sweepId);
        return queued;
    }

    public async Task<ExtensionPlan> PreviewExtensionAsync(long sweepId, SweepExtension extension, CancellationToken cancellation)
    {
        await ReplacedTables.RefuseAsync(data, folders, sweepId, cancellation);
        return await control.PlanExtensionAsync(sweepId, extension, cancellation);
    }

    public async Task<long> ExtendAsync(long sweepId, SweepExtension extension, CancellationToken cancellation)
    {
        await ReplacedTables.RefuseAsync(data, folders, sweepId, cancellation);
        var extended = await TryAsync(() => control.ExtendAsync(sweepId, extension, cancellation));
        await AnnounceAsync(extended);
        return extended;
    }

    public Task DeleteSweepAsync(long sweepId, CancellationToken cancellation) => StopAsync(sweepId, () => bin.DeleteSweepAsync(sweepId, cancellation), cancellation);

    public Task RestoreSweepAsync(long sweepId, CancellationToken cancellation) => ChangeAsync(sweepId, () => bin.RestoreSweepAsync(sweepId, cancellation));

    public async Task DeleteRunAsync(long runId, CancellationToken cancellation) => await AnnounceAsync(await TryAsync(() => bin.DeleteRunAsync(runId, cancellation)));

    public async Task RestoreRunAsync(long runId, CancellationToken cancellation) => await AnnounceAsync(await TryAsync(() => bin.RestoreRunAsync(runId, cancellation)));

    /// <summary>A change after which nothing of the sweep is trained: whoever trains it is asked for a last checkpoint before.</summary>
    private async Task StopAsync(long sweepId, Func<Task> change, CancellationToken cancellation)
    {
        await keeper.YieldAsync(sweepId, LastCheckpoint, cancellation);
        await ChangeAsync(sweepId, change);
    }

    private async Task ChangeAsync(long sweepId, Func<Task> change)
    {
        await TryAsync(async () =>
        {
            await change();
            return true;
        });
        await AnnounceAsync(sweepId);
    }

    /// <summary>Nothing is changed by an attempt that fails so.</summary>
    private static async Task<T> TryAsync<T>(Func<Task<T>> change)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await change();
            }
            catch (Exception e) when (attempt < MostAttempts && DatabaseFaults.IsCollision(e))
            {
            }
        }
    }

    /// <summary>Tells pages, and wakes workers for what waits.</summary>
    private async Task AnnounceAsync(long sweepId)
    {
        signals.Publish(sweepId);
        await tickets.WriteAsync();
    }
}
