using Hangfire;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Web.Jobs.Dispatch;

namespace Stepsize.Web.Jobs.Local;

/// <summary>
/// Training in the one program that a SQLite file has: which two must not, and whoever starts this holds the file's lock. Jobs are in memory, and made from the
/// database at every start.
/// </summary>
internal sealed class LocalTraining(
    ISweepLifecycle lifecycle,
    ISweepControl control,
    JobStorage storage,
    SweepQueue queue,
    ActiveSweeps active,
    DatabasePatience patience,
    IServiceProvider services,
    TrainingChoice choice,
    ILogger<LocalTraining> log) : ITrainingProgram
{
    private const string Queue = "default";
    private IReadOnlyList<long> _unfinished = [];
    private JobServer? _server;

    public async Task RecoverAsync(CancellationToken cancellation) =>
        _unfinished = await patience.RunAsync(() => lifecycle.RecoverAsync(CancellationToken.None), cancellation);

    public async Task StartAsync(CancellationToken cancellation)
    {
        foreach (var sweepId in _unfinished)
        {
            queue.Add(sweepId, await patience.RunAsync(() => control.FindPriorityAsync(sweepId, CancellationToken.None), cancellation));
        }

        if (choice.Trains)
        {
            _server = new JobServer(storage, services, [Queue], SweepQueue.MostAtOnce, cleans: false);
        }
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await active.StopAllAsync(cancellation);
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.DisposeAsync();
            await SayStoppedAsync(cancellation);
        }
    }

    /// <summary>Nothing trains any more, and the database should say so. Where it cannot be written, the next start does.</summary>
    private async Task SayStoppedAsync(CancellationToken cancellation)
    {
        try
        {
            await lifecycle.RecoverAsync(cancellation);
        }
        catch (Exception e) when (DatabaseFaults.MayPass(e))
        {
            log.LogWarning("The end of training could not be stored; the next start puts it right: {Reason}", patience.Describe(e));
        }
    }
}
