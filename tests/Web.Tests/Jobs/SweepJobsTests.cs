using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Jobs;
using Xunit;

namespace Stepsize.Web.Tests.Jobs;

public sealed class SweepJobsTests : IDisposable
{
    private const int Iterations = 20;
    private readonly string _folder = Directory.CreateTempSubdirectory("stepsize-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Launch_Sweep_TrainsItToItsEnd()
    {
        var executor = new SteppedExecutor(Iterations);
        await using var host = await JobsTestHost.StartAsync(executor, _folder);
        executor.Allow(int.MaxValue / 2);

        var id = await host.Launcher.LaunchAsync(Sweep(values: 3), Token);

        var sweep = await host.WaitForAsync(id, SweepStatus.Completed);
        Assert.All(sweep.Runs, r => Assert.Equal((RunStatus.Finished, RunOutcome.Finished, Iterations), (r.Status, r.Outcome, r.Iterations)));
        await AssertEachIterationOnceAsync(host, sweep);
        Assert.Equal(1, sweep.Summary.Progress);
        Assert.True(sweep.Summary.FinishedAt >= sweep.Summary.StartedAt && sweep.Summary.StartedAt >= sweep.Summary.CreatedAt);
        Assert.False(File.Exists(Path.Combine(_folder, "test.jobs.db")));
    }

    [Fact]
    public async Task Stop_DuringTraining_GoesOnFromCheckpointsAtTheNextStart()
    {
        var executor = new SteppedExecutor(Iterations);
        await using var host = await JobsTestHost.StartAsync(executor, _folder);
        var id = await host.Launcher.LaunchAsync(Sweep(values: 3), Token);
        for (var restart = 0; restart < 3; restart++)
        {
            var made = (restart + 1) * 11;
            executor.Allow(11);
            await host.WaitForAsync(id, sweep => sweep.Runs.Sum(r => r.Iterations) == made);
            await host.RestartAsync(async services =>
            {
                Assert.Equal(0, executor.Training);
                var stopped = await services.GetRequiredService<ISweepStore>().FindAsync(id, Token);
                Assert.Equal((SweepStatus.Queued, made), (stopped!.Summary.Status, stopped.Runs.Sum(r => r.Iterations)));
            });
        }

        executor.Allow(3 * Iterations - 33);

        await AssertEachIterationOnceAsync(host, await host.WaitForAsync(id, SweepStatus.Completed));
    }

    [Fact]
    public async Task Cancel_OneOfTwoSweeps_StopsOnlyThatOne()
    {
        var executor = new SteppedExecutor(Iterations);
        await using var host = await JobsTestHost.StartAsync(executor, _folder);
        var cancelled = await host.Launcher.LaunchAsync(Sweep(values: 2), Token);
        await host.WaitForAsync(cancelled, sweep => sweep.Runs.All(r => r.Status == RunStatus.Running));
        executor.Allow(8);
        await host.WaitForAsync(cancelled, sweep => sweep.Runs.Sum(r => r.Iterations) == 8);
        var other = await host.Launcher.LaunchAsync(Sweep(values: 2), Token);
        await host.WaitForAsync(other, SweepStatus.Running);
        Assert.Equal(2, executor.Training);

        await host.Launcher.CancelAsync(cancelled, Token);

        Assert.Equal(1, executor.Training);
        var sweep = (await host.Store.FindAsync(cancelled, Token))!;
        Assert.Equal(SweepStatus.Cancelled, sweep.Summary.Status);
        Assert.All(sweep.Runs, r => Assert.Equal(RunOutcome.CutShort, r.Outcome));
        Assert.Equal(8, sweep.Runs.Sum(r => r.Iterations));
        executor.Allow(2 * Iterations);
        await host.WaitForAsync(other, SweepStatus.Completed);
    }

    [Fact]
    public async Task Cancel_ThenRestart_StaysCancelled()
    {
        var executor = new SteppedExecutor(Iterations);
        await using var host = await JobsTestHost.StartAsync(executor, _folder);
        var id = await host.Launcher.LaunchAsync(Sweep(values: 2), Token);
        await host.WaitForAsync(id, SweepStatus.Running);
        await host.Launcher.CancelAsync(id, Token);

        await host.RestartAsync();

        executor.Allow(100);
        await Task.Delay(300, Token);
        var sweep = (await host.Store.FindAsync(id, Token))!;
        Assert.Equal((SweepStatus.Cancelled, 0), (sweep.Summary.Status, sweep.Runs.Sum(r => r.Iterations)));
        Assert.Empty(await host.Board.ListAsync(Token));
    }

    [Fact]
    public async Task Cancel_Finished_ChangesNothing()
    {
        var executor = new SteppedExecutor(Iterations);
        await using var host = await JobsTestHost.StartAsync(executor, _folder);
        executor.Allow(1000);
        var id = await host.Launcher.LaunchAsync(Sweep(values: 1), Token);
        await host.WaitForAsync(id, SweepStatus.Completed);

        await host.Launcher.CancelAsync(id, Token);
        await host.Launcher.CancelAsync(99, Token);

        Assert.Equal(SweepStatus.Completed, (await host.Store.FindAsync(id, Token))!.Summary.Status);
    }

    [Fact]
    public async Task Restart_PausedSweep_StaysPausedUntilQueued()
    {
        var executor = new SteppedExecutor(Iterations);
        await using var host = await JobsTestHost.StartAsync(executor, _folder);
        var id = await host.Launcher.LaunchAsync(Sweep(values: 1), Token);
        executor.Allow(5);
        await host.WaitForAsync(id, sweep => sweep.Runs[0].Iterations == 5);
        await host.RestartAsync(services => services.GetRequiredService<ISweepStore>().SetStatusAsync(id, SweepStatus.Paused, Token));
        executor.Allow(100);
        await Task.Delay(300, Token);
        Assert.Equal(SweepStatus.Paused, (await host.Store.FindAsync(id, Token))!.Summary.Status);

        await host.RestartAsync(services => services.GetRequiredService<ISweepStore>().SetStatusAsync(id, SweepStatus.Queued, Token));

        await AssertEachIterationOnceAsync(host, await host.WaitForAsync(id, SweepStatus.Completed));
    }

    [Fact]
    public async Task Restart_SweepStoredButNeverScheduled_IsTrained()
    {
        var executor = new SteppedExecutor(Iterations);
        await using var host = await JobsTestHost.StartAsync(executor, _folder);
        executor.Allow(100);
        long id = 0;

        await host.RestartAsync(async services => id = await services.GetRequiredService<ISweepStore>().CreateAsync(Sweep(values: 2), Token));

        await host.WaitForAsync(id, SweepStatus.Completed);
    }

    [Fact]
    public async Task Train_DataMissing_FailsItsRunsWithTheReason()
    {
        var executor = new SteppedExecutor(Iterations) { Fault = new InvalidInputException("", "The file x is missing; put it there.") };
        await using var host = await JobsTestHost.StartAsync(executor, _folder);

        var id = await host.Launcher.LaunchAsync(Sweep(values: 2), Token);

        var sweep = await host.WaitForAsync(id, SweepStatus.Failed);
        Assert.All(sweep.Runs, r => Assert.Equal((RunOutcome.Failed, "The file x is missing; put it there."), (r.Outcome, r.Error)));
        Assert.Equal(2, sweep.Summary.RunsFailed);
    }

    [Fact]
    public async Task Train_ExecutorBreaks_FailsItsRunsAndNotTheNextSweep()
    {
        var executors = new Queue<IExecutor>([new SteppedExecutor(Iterations) { Fault = new InvalidOperationException("broken") }, new SteppedExecutor(Iterations)]);
        await using var host = await JobsTestHost.StartAsync(executors.Dequeue, _folder);
        var id = await host.Launcher.LaunchAsync(Sweep(values: 1), Token);
        var sweep = await host.WaitForAsync(id, SweepStatus.Failed);
        Assert.Equal("Training failed: broken", sweep.Runs[0].Error);

        ((SteppedExecutor)executors.Peek()).Allow(100);
        await host.RestartAsync();
        var next = await host.Launcher.LaunchAsync(Sweep(values: 1), Token);

        await host.WaitForAsync(next, SweepStatus.Completed);
    }

    [Fact]
    public async Task Start_QueueFileOfAnEarlierVersion_IsLeftAlone()
    {
        var file = Path.Combine(_folder, "test.jobs.db");
        await File.WriteAllTextAsync(file, "an earlier version's", Token);
        await using var host = await JobsTestHost.StartAsync(new SteppedExecutor(Iterations), _folder);
        ((SteppedExecutor)host.Get<IExecutor>()).Allow(100);

        await host.WaitForAsync(await host.Launcher.LaunchAsync(Sweep(values: 1), Token), SweepStatus.Completed);

        Assert.Equal("an earlier version's", await File.ReadAllTextAsync(file, Token));
    }

    [Fact]
    public async Task Board_TrainingSweep_IsListedUntilItIsDone()
    {
        var executor = new SteppedExecutor(Iterations);
        await using var host = await JobsTestHost.StartAsync(executor, _folder);
        var id = await host.Launcher.LaunchAsync(Sweep(values: 1), Token);
        await host.WaitForAsync(id, SweepStatus.Running);

        var line = Assert.Single(await host.Board.ListAsync(Token));

        Assert.Equal((id, JobState.Training), (line.SweepId, line.State));
        Assert.NotNull(line.Since);
        executor.Allow(Iterations);
        await host.WaitForAsync(id, SweepStatus.Completed);
        while ((await host.Board.ListAsync(Token)).Count > 0)
        {
            await Task.Delay(20, Token);
        }
    }

    [Fact]
    public async Task Signals_SweepTrains_TellItsSubscribersAfterEachChange()
    {
        var executor = new SteppedExecutor(Iterations);
        await using var host = await JobsTestHost.StartAsync(executor, _folder);
        var changed = new SemaphoreSlim(0);
        using var all = host.Signals.Subscribe(null, () => changed.Release());
        var id = await host.Launcher.LaunchAsync(Sweep(values: 1), Token);
        await host.WaitForAsync(id, SweepStatus.Running);
        using var one = host.Signals.Subscribe(id, () => throw new InvalidOperationException("A page that fails."));

        executor.Allow(Iterations);

        // Reading only when told must be enough to see the end.
        while (await changed.WaitAsync(TimeSpan.FromSeconds(30), Token))
        {
            if ((await host.Store.FindAsync(id, Token))!.Summary.Status == SweepStatus.Completed)
            {
                return;
            }
        }

        Assert.Fail("No signal told of the sweep's end.");
    }

    private static SweepSpecification Sweep(int values) => SpecificationReader.Parse(
        $$"""
        {
          "name": "A sweep", "workload": "quadratic-2d", "iterations": {{Iterations}},
          "optimizers": [ { "id": "sgd-constant", "values": [{{string.Join(", ", Enumerable.Range(1, values))}}] } ]
        }
        """);

    private static async Task AssertEachIterationOnceAsync(JobsTestHost host, SweepDetail sweep)
    {
        foreach (var run in sweep.Runs)
        {
            var curve = await host.Curves.ReadAsync(run.Id, MetricColumn.Loss, null, null, 1000, Token);
            Assert.Equal(Enumerable.Range(1, Iterations).Select(i => (float)i), curve!.Maximum);
        }
    }
}
