using Stepsize.Training.Execution;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>Where the runs of <c>sweep run</c> go besides memory: nowhere, or a database.</summary>
internal sealed class SweepStorage : IAsyncDisposable
{
    private readonly RunCollector _collector;

    private SweepStorage(RunCollector collector) => _collector = collector;

    /// <summary>What to tell a person who stopped the sweep.</summary>
    public string AfterStop => " Nothing was written.";

    public static Task<SweepStorage> OpenAsync(SweepRunRequest request, RunCollector collector, CancellationToken cancellation) =>
        Task.FromResult(new SweepStorage(collector));

    public async Task TrainAsync(IExecutor executor, CancellationToken cancellation)
    {
        var runs = _collector.Runs.Select((run, i) => new CohortRun(i, run.Configuration)).ToArray();
        await executor.TrainAsync(Cohort.Of(_collector.Sweep, runs), _collector, cancellation);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
