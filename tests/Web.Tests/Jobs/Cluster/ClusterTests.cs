using System.Diagnostics;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Tests.PostgreSql;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Jobs;
using Stepsize.Web.Tests.Commands;
using Xunit;

namespace Stepsize.Web.Tests.Jobs.Cluster;

/// <summary>Several programs in this process on one PostgreSQL database, training step by step.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private const int Iterations = 20;
    private static readonly LeaseTerms Terms = new(TimeSpan.FromSeconds(12));
    private static readonly TrainingChoice ShowsOnly = new([], "shows");
    private readonly List<JobsTestHost> _hosts = [];
    private string _connection = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _connection = await ClusterDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await ClusterDatabase.DropAsync(_connection);
    }

    [Fact]
    public async Task Launch_ThroughAProgramThatOnlyShows_IsTrainedByTheOther()
    {
        var executor = new SteppedExecutor(Iterations);
        await JoinAsync(executor);
        var shows = await JoinAsync(new SteppedExecutor(Iterations), ShowsOnly);
        executor.Allow(1000);

        var watch = Stopwatch.StartNew();
        var id = await shows.Launcher.LaunchAsync(Sweep(4), Token);
        var sweep = await shows.WaitForAsync(id, SweepStatus.Completed);

        TestContext.Current.TestOutputHelper?.WriteLine($"From launch to end: {watch.ElapsedMilliseconds} ms");
        Assert.All(sweep.Runs, r => Assert.Equal((RunOutcome.Finished, Iterations), (r.Outcome, r.Iterations)));
        await AssertEachIterationOnceAsync(shows, sweep);
    }

    [Fact]
    public async Task Launch_SweepOfManyCohorts_UsesAllWorkers()
    {
        var executors = Enumerable.Range(0, 3).Select(_ => new SteppedExecutor(Iterations)).ToArray();
        foreach (var executor in executors)
        {
            await JoinAsync(executor);
        }

        var id = await _hosts[0].Launcher.LaunchAsync(Sweep(values: 24, iterations: 100_000_000), Token);

        await UntilAsync(() => Task.FromResult(executors.All(e => e.Training == 1)));
        var lines = await _hosts[1].Get<IWorkerRegistry>().ListAsync(Token);
        Assert.All(lines, l => Assert.Equal((id, 4), (Assert.Single(l.Trains).SweepId, l.Trains[0].Runs)));
    }

    [Fact]
    public async Task Launch_LargeSweepOnThreeWorkers_IsDoneNearlyThreeTimesAsSoon()
    {
        // Of shorter runs, what a busy machine takes for everything else is a larger part.
        var (perRun, least) = LongTests.AreOn ? (TimeSpan.FromSeconds(2), 2.7) : (TimeSpan.FromSeconds(0.5), 2.0);
        await JoinAsync(new ThrottledExecutor(perRun, Iterations));
        var alone = await TakesAsync();
        await JoinAsync(new ThrottledExecutor(perRun, Iterations));
        await JoinAsync(new ThrottledExecutor(perRun, Iterations));

        var together = await TakesAsync();

        TestContext.Current.TestOutputHelper?.WriteLine($"Alone {alone.TotalSeconds:0.0} s, three together {together.TotalSeconds:0.0} s: {alone / together:0.00} times");
        Assert.True(alone / together >= least, $"Alone {alone}, three together {together}.");

        async Task<TimeSpan> TakesAsync()
        {
            var watch = Stopwatch.StartNew();
            var id = await _hosts[0].Launcher.LaunchAsync(Sweep(values: 48, iterations: 100_000_000), Token);
            await _hosts[0].WaitForAsync(id, SweepStatus.Completed);
            return watch.Elapsed;
        }
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("cancel")]
    [InlineData("delete")]
    public async Task Stop_ThroughAProgramThatOnlyShows_StopsTheOtherWithItsLastCheckpoint(string change)
    {
        var executor = new SteppedExecutor(Iterations);
        await JoinAsync(executor);
        var shows = await JoinAsync(new SteppedExecutor(Iterations), ShowsOnly);
        var id = await shows.Launcher.LaunchAsync(Sweep(4), Token);
        executor.Allow(10);
        await shows.WaitForAsync(id, sweep => sweep.Runs.Sum(r => r.Iterations) == 10);

        var watch = Stopwatch.StartNew();
        await (change switch
        {
            "pause" => shows.Launcher.PauseAsync(id, Token),
            "cancel" => shows.Launcher.CancelAsync(id, Token),
            _ => shows.Launcher.DeleteSweepAsync(id, Token),
        });

        Assert.Equal(0, executor.Training);
        TestContext.Current.TestOutputHelper?.WriteLine($"{change}: {watch.ElapsedMilliseconds} ms");
        if (change == "delete")
        {
            await shows.Launcher.RestoreSweepAsync(id, Token);
        }
        else if (change == "pause")
        {
            Assert.Equal(SweepStatus.Paused, (await shows.Store.FindAsync(id, Token))!.Summary.Status);
            await shows.Launcher.ResumeAsync(id, Token);
        }
        else
        {
            Assert.Equal(SweepStatus.Cancelled, (await shows.Store.FindAsync(id, Token))!.Summary.Status);
            return;
        }

        executor.Allow((4 * Iterations) - 10);
        await AssertEachIterationOnceAsync(shows, await shows.WaitForAsync(id, SweepStatus.Completed));
    }

    [Fact]
    public async Task StopRun_ThroughAProgramThatOnlyShows_EndsThatRunAlone()
    {
        var executor = new SteppedExecutor(Iterations);
        await JoinAsync(executor);
        var shows = await JoinAsync(new SteppedExecutor(Iterations), ShowsOnly);
        var id = await shows.Launcher.LaunchAsync(Sweep(3), Token);
        executor.Allow(6);
        var sweep = await shows.WaitForAsync(id, s => s.Runs.Sum(r => r.Iterations) == 6);
        var stopped = sweep.Runs[1];

        await shows.Launcher.StopRunAsync(stopped.Id, Token);

        Assert.Equal((RunOutcome.CutShort, stopped.Iterations), await RunAsync(shows, id, 1));
        executor.Allow(1000);
        await shows.WaitForAsync(id, SweepStatus.Completed);
        Assert.Equal((RunOutcome.CutShort, stopped.Iterations), await RunAsync(shows, id, 1));
        Assert.Equal((RunOutcome.Finished, Iterations), await RunAsync(shows, id, 2));
    }

    [Fact]
    public async Task Stop_Worker_AnotherGoesOnAtOnceFromItsCheckpoints()
    {
        var (first, second) = (new SteppedExecutor(Iterations), new SteppedExecutor(Iterations));
        var leaving = await JoinAsync(first);
        var id = await leaving.Launcher.LaunchAsync(Sweep(4), Token);
        first.Allow(10);
        await leaving.WaitForAsync(id, sweep => sweep.Runs.Sum(r => r.Iterations) == 10);
        var staying = await JoinAsync(second);

        _hosts.Remove(leaving);
        await leaving.DisposeAsync();
        var watch = Stopwatch.StartNew();
        await UntilAsync(() => Task.FromResult(second.Training == 1));

        TestContext.Current.TestOutputHelper?.WriteLine($"Taken over after {watch.ElapsedMilliseconds} ms");
        Assert.True(watch.Elapsed < Terms.Lease / 2, $"It took {watch.Elapsed}.");
        second.Allow((4 * Iterations) - 10);
        await AssertEachIterationOnceAsync(staying, await staying.WaitForAsync(id, SweepStatus.Completed));
        Assert.Single(await staying.Get<IWorkerRegistry>().ListAsync(Token));
    }

    [Fact]
    public async Task Drain_Worker_FinishesWhatItTrainsAndTakesNothingMore()
    {
        var executor = new SteppedExecutor(Iterations);
        var worker = await JoinAsync(executor);
        var registry = worker.Get<IWorkerRegistry>();
        var first = await worker.Launcher.LaunchAsync(Sweep(1), Token);
        await UntilAsync(() => Task.FromResult(executor.Training == 1));
        await registry.SetDrainingAsync((await registry.ListAsync(Token))[0].Id, true, Token);
        var second = await worker.Launcher.LaunchAsync(Sweep(1), Token);
        executor.Allow(1000);

        await worker.WaitForAsync(first, SweepStatus.Completed);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);

        Assert.Equal(SweepStatus.Queued, (await worker.Store.FindAsync(second, Token))!.Summary.Status);
        await registry.SetDrainingAsync((await registry.ListAsync(Token))[0].Id, false, Token);
        await worker.WaitForAsync(second, SweepStatus.Completed);
    }

    [Fact]
    public async Task Join_NewerVersionIsThere_TakesNothingAndSaysSo()
    {
        var executor = new SteppedExecutor(Iterations);
        var worker = await JoinAsync(executor);
        var registry = worker.Get<IWorkerRegistry>();
        var newer = await registry.RegisterAsync(new WorkerDescription("newer", "there", 1, "99.0.0", "", [], 0), Token);
        await UntilAsync(async () => (await registry.ListAsync(Token)).Any(w => w.Remark is not null));

        var id = await worker.Launcher.LaunchAsync(Sweep(1), Token);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);

        Assert.Equal(0, executor.Training);
        Assert.Contains("99.0.0", (await registry.ListAsync(Token)).Single(w => w.Id != newer).Remark, StringComparison.Ordinal);
        await registry.LeaveAsync(newer, Token);
        executor.Allow(1000);
        await worker.WaitForAsync(id, SweepStatus.Completed);
    }

    [Fact]
    public async Task Claim_DataIsMissingHere_IsLeftToOthersAndSaysSo()
    {
        var executor = new SteppedExecutor(Iterations);
        var worker = await JoinAsync(executor);
        var registry = worker.Get<IWorkerRegistry>();
        var id = await worker.Store.CreateAsync(
            SpecificationReader.Parse(
                """{ "name": "Elsewhere", "workload": "csv-linear", "workloadOptions": { "file": "only-there.csv" }, "iterations": 20, "optimizers": [ { "id": "sgd-constant", "values": [1] } ] }"""),
            Token);

        await UntilAsync(async () => (await registry.ListAsync(Token)).Any(w => w.Remark is not null));

        Assert.Contains($"Sweep {id} is left to others", (await registry.ListAsync(Token))[0].Remark, StringComparison.Ordinal);
        Assert.Equal(0, executor.Training);
        var other = await worker.Launcher.LaunchAsync(Sweep(1), Token);
        executor.Allow(Iterations);
        await worker.WaitForAsync(other, SweepStatus.Completed);
        Assert.All((await worker.Store.FindAsync(id, Token))!.Runs, r => Assert.Equal(RunStatus.Queued, r.Status));
    }

    [Fact]
    public async Task SweepRun_OnADatabaseWithWorkers_TrainsItsSweepItself()
    {
        var executor = new SteppedExecutor(Iterations);
        var worker = await JoinAsync(executor);
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder.File("sweep.json"),
            """{ "name": "Own", "workload": "quadratic-2d", "iterations": 50, "optimizers": [ { "id": "sgd-constant", "values": [0.1, 0.2] } ] }""",
            Token);

        var result = await StepsizeProcess.RunAsync(folder, "sweep", "run", "sweep.json", "--db", _connection, "--out", "out.json");

        Assert.True(result.ExitCode == 0, result.Error);
        var sweep = await worker.WaitForAsync(1, SweepStatus.Completed);
        Assert.Equal((2, 0), (sweep.Summary.RunsFinished, sweep.Summary.RunsFailed));
        Assert.All(sweep.Runs, r => Assert.Equal(50, r.Iterations));
        Assert.Empty(executor.FirstRuns);
        Assert.True(File.Exists(folder.File("out.json")));
        var pausing = await worker.Launcher.LaunchAsync(Sweep(1), Token);
        await UntilAsync(() => Task.FromResult(executor.Training == 1));
        Assert.Equal(0, (await StepsizeProcess.RunAsync(folder, "sweep", "pause", $"{pausing}", "--db", _connection)).ExitCode);
        await UntilAsync(() => Task.FromResult(executor.Training == 0));
        Assert.Equal(SweepStatus.Paused, (await worker.Store.FindAsync(pausing, Token))!.Summary.Status);
    }

    [Fact]
    public async Task Signals_TrainedElsewhere_TellTheSubscribersHere()
    {
        var executor = new SteppedExecutor(Iterations);
        await JoinAsync(executor);
        var shows = await JoinAsync(new SteppedExecutor(Iterations), ShowsOnly);
        var id = await shows.Launcher.LaunchAsync(Sweep(1), Token);
        await UntilAsync(() => Task.FromResult(executor.Training == 1));
        var changed = new SemaphoreSlim(0);
        using var subscription = shows.Signals.Subscribe(id, () => changed.Release());

        executor.Allow(Iterations);

        // Reading only when told must be enough to see the end, sooner than it is looked for without a signal.
        while (await changed.WaitAsync(TimeSpan.FromSeconds(4), Token))
        {
            if ((await shows.Store.FindAsync(id, Token))!.Summary.Status == SweepStatus.Completed)
            {
                return;
            }
        }

        Assert.Fail("No signal told of the sweep's end.");
    }

    [Fact]
    public async Task Board_SweepsThatTrainAndWait_AreListedInTheirOrder()
    {
        var executor = new SteppedExecutor(Iterations);
        var worker = await JoinAsync(executor);
        var first = await worker.Launcher.LaunchAsync(Sweep(1), Token);
        await UntilAsync(() => Task.FromResult(executor.Training == 1));
        var (second, third) = (await worker.Launcher.LaunchAsync(Sweep(1), Token), await worker.Launcher.LaunchAsync(Sweep(1), Token));
        await worker.Launcher.SetPriorityAsync(third, 3, Token);

        var lines = await worker.Board.ListAsync(Token);

        Assert.Equal([(first, JobState.Training), (third, JobState.Waiting), (second, JobState.Waiting)], lines.Select(l => (l.SweepId, l.State)));
        executor.Allow(3 * Iterations);
        await worker.WaitForAsync(second, SweepStatus.Completed);
        Assert.Equal(
            [(await worker.Store.FindAsync(third, Token))!.Runs[0].Id, (await worker.Store.FindAsync(second, Token))!.Runs[0].Id], executor.FirstRuns.Skip(1));
    }

    internal static SweepSpecification Sweep(int values, int iterations = Iterations) => SpecificationReader.Parse(
        $$"""
        {
          "name": "A sweep", "workload": "quadratic-2d", "iterations": {{iterations}}, "evaluateAtIterations": [],
          "optimizers": [ { "id": "sgd-constant", "values": [{{string.Join(", ", Enumerable.Range(1, values))}}] } ]
        }
        """);

    private static async Task<(RunOutcome? Outcome, int Iterations)> RunAsync(JobsTestHost host, long sweep, int index)
    {
        var run = (await host.Store.FindAsync(sweep, Token))!.Runs[index];
        return (run.Outcome, run.Iterations);
    }

    private static async Task AssertEachIterationOnceAsync(JobsTestHost host, SweepDetail sweep)
    {
        foreach (var run in sweep.Runs)
        {
            var curve = await host.Curves.ReadAsync(run.Id, MetricColumn.Loss, null, null, 1000, Token);
            Assert.Equal(Enumerable.Range(1, Iterations).Select(i => (float)i), curve!.Maximum);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!await condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private async Task<JobsTestHost> JoinAsync(IExecutor executor, TrainingChoice? choice = null)
    {
        var host = await JobsTestHost.JoinAsync(_connection, executor, choice ?? TrainingChoice.Processor with { Name = $"worker-{_hosts.Count}" }, Terms);
        _hosts.Add(host);
        return host;
    }
}
