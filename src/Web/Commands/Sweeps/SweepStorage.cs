using Stepsize.Data.Database;
using Stepsize.Data.Recording;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Hosting;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>A sweep of <c>sweep run</c> that is stored as it is trained, so that the dashboard shows it and goes on with it where it was stopped.</summary>
internal sealed class SweepStorage : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DatabaseOptions _options;
    private readonly DatabaseLock _lock;
    private readonly IDisposable _waits;

    private SweepStorage(ServiceProvider services, DatabaseOptions options, DatabaseLock @lock)
    {
        _services = services;
        _options = options;
        _lock = @lock;
        _waits = Patience.Subscribe(SayWait);
    }

    /// <summary>What to tell a person who stopped the sweep.</summary>
    public string AfterStop => $" The sweep is kept in {_options.DisplayName}; a dashboard on that database goes on with it.";

    private DatabasePatience Patience => _services.GetRequiredService<DatabasePatience>();

    /// <exception cref="InvalidInputException">The database cannot be used.</exception>
    public static async Task<SweepStorage> OpenAsync(string database, CancellationToken cancellation)
    {
        var options = DatabaseOptions.Parse(database);
        var opened = await DatabaseOpening.OpenAsync(options, cancellation);
        return new SweepStorage(new ServiceCollection().AddStepsizeData(options).BuildServiceProvider(), options, opened);
    }

    /// <summary>Stores the sweep and trains it.</summary>
    /// <exception cref="InvalidInputException">The database stopped being usable; says why and what to do.</exception>
    public async Task TrainAsync(SweepSpecification sweep, IExecutor executor, IRunRecorder observer, CancellationToken cancellation)
    {
        try
        {
            await (_options.IsSqlite
                ? TrainStoredAsync(sweep, executor, observer, cancellation)
                : HeldSweep.TrainAsync(_options, sweep, executor, observer, cancellation));
        }
        catch (Exception e) when (e is not InvalidInputException && DatabaseFaults.Describe(e, _options) is { } sentence)
        {
            throw new InvalidInputException("db", sentence);
        }
    }

    private async Task TrainStoredAsync(SweepSpecification sweep, IExecutor executor, IRunRecorder observer, CancellationToken cancellation)
    {
        var lifecycle = _services.GetRequiredService<ISweepLifecycle>();
        var id = await _services.GetRequiredService<ISweepStore>().CreateAsync(sweep, cancellation);
        if (await Patience.RunAsync(() => lifecycle.BeginAsync(id, cancellation), cancellation) is not { } work)
        {
            return;
        }

        var recorder = _services.GetRequiredService<RecordingService>().Open(() => { }, cancellation);
        try
        {
            await executor.TrainAsync(Cohort.Of(sweep, work.Runs), new RecorderPair(recorder, observer), cancellation);
        }
        finally
        {
            await recorder.FlushAsync();
        }

        cancellation.ThrowIfCancellationRequested();

        // Every run has a result now, but for those that could not be stored.
        await Patience.RunAsync(
            () => lifecycle.FailUnfinishedAsync(id, recorder.FirstFailure ?? "The training ended without a result of this run.", CancellationToken.None),
            cancellation);
        await Patience.RunAsync(() => lifecycle.FinishIfDoneAsync(id, CancellationToken.None), cancellation);
    }

    private void SayWait() => Console.Error.WriteLine(WaitText.Of(Patience.Current));

    public async ValueTask DisposeAsync()
    {
        _waits.Dispose();
        await _services.DisposeAsync();
        _lock.Dispose();
    }
}
