using Stepsize.Data.Database;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Jobs;

/// <summary>
/// Opens the database before anything else starts, lets unfinished sweeps go on once everything has, and stops training before anything else stops.
/// </summary>
internal sealed class JobsHost(
    DatabaseSetup setup,
    ITrainingProgram training,
    Readiness readiness,
    TimeProvider clock)
    : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task? _recovering;
    private Task _goingOn = Task.CompletedTask;
    private bool _isStopping;

    /// <exception cref="InvalidInputException">The database cannot be used; where that is found later than the start waits, <see cref="Readiness.Completed"/> says so.</exception>
    public Task StartingAsync(CancellationToken cancellationToken) => PatientlyAsync(_recovering = RecoverAsync(), cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="InvalidInputException">The dispatcher's tables cannot be used; as with the database.</exception>
    public Task StartedAsync(CancellationToken cancellationToken) => PatientlyAsync(_goingOn = GoOnAsync(), cancellationToken);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isStopping, true))
        {
            return; // A host may be stopped twice, the second time when this is disposed.
        }

        await _stopping.CancelAsync();
        await _goingOn.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await training.StopAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RecoverAsync()
    {
        // Not on the thread that starts the program, which is to listen meanwhile: a database may keep its thread.
        await Task.Yield();
        await readiness.Before(_stopping.Token);
        await setup.OpenAsync(_stopping.Token);
        await training.RecoverAsync(_stopping.Token);
    }

    private async Task GoOnAsync()
    {
        try
        {
            await _recovering!;
            await training.StartAsync(_stopping.Token);
            readiness.Complete();
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
