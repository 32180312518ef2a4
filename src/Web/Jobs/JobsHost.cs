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
    Readiness readiness,
    TimeProvider clock,
    ILogger<JobsHost> log)
    : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task<IReadOnlyList<long>>? _recovering;
    private Task _goingOn = Task.CompletedTask;
    private IScheduler? _scheduler;
    private bool _isStopping;

    /// <exception cref="InvalidInputException">The database cannot be used; where that is found later than the start waits, <see cref="Readiness.Completed"/> says so.</exception>
    public Task StartingAsync(CancellationToken cancellationToken) => PatientlyAsync(_recovering = RecoverAsync(), cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="InvalidInputException">The scheduler's tables cannot be used; as with the database.</exception>
    public Task StartedAsync(CancellationToken cancellationToken) => PatientlyAsync(_goingOn = GoOnAsync(), cancellationToken);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isStopping, true))
        {
            return; // A host may be stopped twice, the second time when this is disposed.
        }

        await _stopping.CancelAsync();
        await _goingOn.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
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

    public void Dispose() => _stopping.Dispose();

    private async Task<IReadOnlyList<long>> RecoverAsync()
    {
        // Not on the thread that starts the program, which is to listen meanwhile: a database may keep its thread.
        await Task.Yield();
        await readiness.Before(_stopping.Token);
        await setup.OpenAsync(_stopping.Token);
        return await patience.RunAsync(() => lifecycle.RecoverAsync(CancellationToken.None), _stopping.Token);
    }

    private async Task GoOnAsync()
    {
        try
        {
            var unfinished = await _recovering!;
            var scheduler = await schedulers.GetScheduler(_stopping.Token);
            await scheduler.Start(_stopping.Token);
            _scheduler = scheduler;
            foreach (var sweepId in unfinished)
            {
                await queue.AddAsync(sweepId, _stopping.Token);
            }

            readiness.Complete();
        }
        catch (SchedulerException e) when (DatabaseFaults.Describe(e, store.Database) is { } sentence)
        {
            var refused = new InvalidInputException("", sentence);
            readiness.Fail(refused);
            throw refused;
        }
        catch (Exception e)
        {
            readiness.Fail(e);
            throw;
        }
    }

    /// <summary>Waits for the task as long as the start may; what it does after that goes on by itself.</summary>
    private async Task PatientlyAsync(Task task, CancellationToken cancellation)
    {
        if (await Task.WhenAny(task, Task.Delay(readiness.Patience, clock, cancellation)) == task)
        {
            await task;
        }

        cancellation.ThrowIfCancellationRequested();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
