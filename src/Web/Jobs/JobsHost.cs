using Quartz;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Jobs;

/// <summary>
/// Opens the database before anything else starts, lets unfinished sweeps go on once everything has, and stops training before anything else stops.
/// Two programs must not train the sweeps of one SQLite file: whoever starts this holds the file's lock.
/// </summary>
internal sealed class JobsHost(
    DatabaseSetup setup,
    ISweepLifecycle lifecycle,
    ISchedulerFactory schedulers,
    SweepQueue queue,
    DatabasePatience patience,
    JobStoreOptions store,
    ILogger<JobsHost> log)
    : IHostedLifecycleService
{
    private IReadOnlyList<long> _unfinished = [];
    private IScheduler? _scheduler;

    /// <exception cref="InvalidInputException">The database cannot be used.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await setup.OpenAsync(cancellationToken);
        _unfinished = await lifecycle.RecoverAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="InvalidInputException">The scheduler's tables cannot be used.</exception>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            _scheduler = await schedulers.GetScheduler(cancellationToken);
            await _scheduler.Start(cancellationToken);
            foreach (var sweepId in _unfinished)
            {
                await queue.AddAsync(sweepId, cancellationToken);
            }
        }
        catch (SchedulerException e) when (DatabaseFaults.Describe(e, store.Database) is { } sentence)
        {
            throw new InvalidInputException("", sentence);
        }
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _scheduler, null) is { } scheduler)
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);

            await SayStoppedAsync(cancellationToken);
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

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
