using System.Diagnostics;
using Hangfire;
using Hangfire.InMemory;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Jobs;
using Stepsize.Web.Jobs.Local;
using Xunit;

namespace Stepsize.Web.Tests.Jobs;

/// <summary>The line of sweeps in one program: whose turn it is, how soon it comes, and that nobody waits for what is stuck.</summary>
public sealed class SweepQueueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stepsize-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Take_PrioritiesChangedWhileTheyWait_GivesTheGreatestAndOfEqualsTheFirst()
    {
        using var storage = new InMemoryStorage();
        var queue = new SweepQueue(storage, TimeProvider.System);
        foreach (var sweep in new long[] { 1, 2, 3, 4 })
        {
            queue.Add(sweep, priority: sweep == 2 ? -1 : 0);
        }

        queue.Move(4, 5);
        queue.Remove(3);
        queue.Add(3, 0);

        Assert.Equal([4, 1, 3, 2, null], Enumerable.Range(0, 5).Select(_ => queue.Take()));
    }

    [Fact]
    public async Task Add_SweepInTraining_WaitsAgainWhenThatEnds()
    {
        using var storage = new InMemoryStorage();
        var queue = new SweepQueue(storage, TimeProvider.System);
        queue.Add(1, 0);
        Assert.Equal(1, queue.Take());

        queue.Add(1, 3);
        queue.Add(2, 0);

        Assert.Equal(2, queue.Take());
        Assert.Null(queue.Take());
        queue.Done(1);
        Assert.Equal([(2, JobState.Training), (1, JobState.Waiting)], (await queue.ListAsync(Token)).Select(l => (l.SweepId, l.State)));
        Assert.Equal(1, queue.Take());
        queue.Add(1, 0);
        queue.Remove(1);
        queue.Done(1);
        Assert.Null(queue.Take());
    }

    [Fact]
    public async Task Launch_MoreThanTrainAtOnce_TrainsByPriority()
    {
        var executor = new SteppedExecutor(1);
        await using var host = await JobsTestHost.StartAsync(executor, _folder);
        var first = new List<long>();
        for (var i = 0; i < SweepQueue.MostAtOnce; i++)
        {
            first.Add(await host.Launcher.LaunchAsync(Sweep(), Token));
        }

        await host.WaitForAsync(first[^1], SweepStatus.Running);
        var (early, late) = (await host.Launcher.LaunchAsync(Sweep(), Token), await host.Launcher.LaunchAsync(Sweep(), Token));
        await host.Launcher.SetPriorityAsync(late, 1, Token);
        Assert.Equal([late, early], (await host.Board.ListAsync(Token)).Where(l => l.State == JobState.Waiting).Select(l => l.SweepId));
        Assert.Equal(1, (await host.Store.FindAsync(late, Token))!.Summary.Priority);

        // One ends, and one place is free.
        executor.Allow(1);
        await host.WaitForAsync(late, SweepStatus.Running);

        Assert.Equal(SweepStatus.Queued, (await host.Store.FindAsync(early, Token))!.Summary.Status);
        executor.Allow(SweepQueue.MostAtOnce + 1);
        await host.WaitForAsync(early, SweepStatus.Completed);
        await host.WaitForAsync(late, SweepStatus.Completed);
    }

    [Fact]
    public async Task SetPriority_OutOfRangeOrNoSweep_IsRefused()
    {
        await using var host = await JobsTestHost.StartAsync(new SteppedExecutor(1), _folder);
        var id = await host.Launcher.LaunchAsync(Sweep(), Token);

        await Assert.ThrowsAsync<InvalidInputException>(() => host.Launcher.SetPriorityAsync(id, SweepPriority.Highest + 1, Token));
        await Assert.ThrowsAsync<InvalidInputException>(() => host.Launcher.SetPriorityAsync(99, 1, Token));

        Assert.Equal(0, (await host.Store.FindAsync(id, Token))!.Summary.Priority);
    }

    /// <summary>From the order to train to the executor: 50 ms are asked for; on a machine that does much else, the fastest of many tells.</summary>
    [Fact]
    public async Task Add_NothingTrains_BeginsWithinFiftyMilliseconds()
    {
        var executor = new StartedExecutor();
        await using var host = await JobsTestHost.StartAsync(executor, _folder);
        var latencies = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            var id = await host.Launcher.LaunchAsync(Sweep(), Token);
            await executor.Started.WaitAsync(Token);
            await host.Launcher.PauseAsync(id, Token);
            var watch = Stopwatch.StartNew();
            await host.Launcher.ResumeAsync(id, Token);
            await executor.Started.WaitAsync(Token);
            latencies.Add(watch.Elapsed.TotalMilliseconds);
            await host.Launcher.CancelAsync(id, Token);
        }

        latencies.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"From resuming to training: fastest {latencies[0]:0.0} ms, median {latencies[5]:0.0} ms, slowest {latencies[^1]:0.0} ms");
        Assert.InRange(latencies[0], 0, 50);
    }

    /// <summary>Such as a dataset on a slow disk, which is not read iteration by iteration.</summary>
    [Fact]
    public async Task Cancel_TrainingThatDoesNotStop_IsCancelledAllTheSame()
    {
        var executor = new DeafExecutor();
        await using var host = await JobsTestHost.StartAsync(executor, _folder);
        host.Get<ActiveSweeps>().Patience = TimeSpan.FromSeconds(1);
        var id = await host.Launcher.LaunchAsync(Sweep(), Token);
        await executor.Started.WaitAsync(Token);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => host.Launcher.ExtendAsync(id, Training.Sweeps.Extension.ExtensionReader.Parse("""{ "seeds": [7] }"""), Token));
        var cancelling = host.Launcher.CancelAsync(id, Token);
        await cancelling.WaitAsync(TimeSpan.FromSeconds(30), Token);

        Assert.Contains("takes longer than usual to stop", refused.Message, StringComparison.Ordinal);
        var sweep = (await host.Store.FindAsync(id, Token))!;
        Assert.Equal(SweepStatus.Cancelled, sweep.Summary.Status);
        executor.End();
        while ((await host.Board.ListAsync(Token)).Count > 0)
        {
            await Task.Delay(20, Token);
        }

        Assert.All((await host.Store.FindAsync(id, Token))!.Runs, r => Assert.Equal(RunOutcome.CutShort, r.Outcome));
    }

    private static SweepSpecification Sweep() => SpecificationReader.Parse(
        """{ "name": "A sweep", "workload": "quadratic-2d", "iterations": 1, "optimizers": [ { "id": "sgd-constant", "values": [1] } ] }""");

    /// <summary>Says that it was started, and ends when it is stopped.</summary>
    private sealed class StartedExecutor : IExecutor
    {
        public SemaphoreSlim Started { get; } = new(0);

        public string Device => "none";

        public async Task TrainAsync(Cohort cohort, IRunRecorder recorder, CancellationToken cancellation)
        {
            Started.Release();
            await Task.Delay(Timeout.Infinite, cancellation);
        }
    }

    /// <summary>Hears of no cancellation.</summary>
    private sealed class DeafExecutor : IExecutor
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SemaphoreSlim Started { get; } = new(0);

        public string Device => "none";

        public void End() => _end.SetResult();

        public Task TrainAsync(Cohort cohort, IRunRecorder recorder, CancellationToken cancellation)
        {
            Started.Release();
            return _end.Task;
        }
    }
}
