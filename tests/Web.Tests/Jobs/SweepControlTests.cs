using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Extension;
using Xunit;

namespace Stepsize.Web.Tests.Jobs;

/// <summary>People who pause, stop, extend and delete sweeps while they train.</summary>
public sealed class SweepControlTests : IAsyncLifetime
{
    private const int Iterations = 20;
    private readonly string _folder = Directory.CreateTempSubdirectory("stepsize-").FullName;
    private readonly SteppedExecutor _executor = new(Iterations);
    private JobsTestHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await JobsTestHost.StartAsync(_executor, _folder);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task RunMissing_ThreeKilledTwoDeleted_ListsAndTrainsExactlyThoseFive()
    {
        var id = await _host.Launcher.LaunchAsync(Sweep(values: 8), Token);
        await _host.WaitForAsync(id, sweep => sweep.Runs.All(r => r.Status == RunStatus.Running));
        _executor.Allow(16);
        var runs = (await _host.WaitForAsync(id, sweep => sweep.Runs.Sum(r => r.Iterations) == 16)).Runs;
        foreach (var killed in runs.Take(3))
        {
            await _host.Launcher.StopRunAsync(killed.Id, Token);
            Assert.Equal(RunOutcome.CutShort, (await _host.Store.FindAsync(id, Token))!.Runs.Single(r => r.Id == killed.Id).Outcome);
        }

        Assert.Equal(1, _executor.Training);
        _executor.Allow(5 * Iterations);
        await _host.WaitForAsync(id, SweepStatus.Completed);
        await _host.Launcher.DeleteRunAsync(runs[6].Id, Token);
        await _host.Launcher.DeleteRunAsync(runs[7].Id, Token);

        var missing = await _host.Launcher.PreviewMissingAsync(id, Token);
        Assert.Equal(runs.Take(3).Concat(runs.Skip(6)).Select(r => r.ConfigurationHash), missing.Runs.Select(r => r.Point.ConfigurationHash));
        Assert.Equal([MissingReason.Deleted, MissingReason.Deleted], missing.Runs.Skip(3).Select(r => r.Reason));
        Assert.Equal(5, await _host.Launcher.RunMissingAsync(id, [.. missing.Runs.Select(r => r.Point.ConfigurationHash)], Token));

        _executor.Allow(1000);
        var sweep = await _host.WaitForAsync(id, SweepStatus.Completed);
        Assert.Equal(8, sweep.Runs.Count);
        Assert.Equal([8, 5], _executor.CohortSizes);
        Assert.Equal(runs.Take(6).Select(r => r.Id), sweep.Runs.Take(6).Select(r => r.Id));
        await AssertEachIterationOnceAsync(sweep);
    }

    [Fact]
    public async Task PauseAndResume_AgainAndAgain_LosesAndRepeatsNoIteration()
    {
        var id = await _host.Launcher.LaunchAsync(Sweep(values: 3), Token);
        for (var made = 0; made < 44; made += 11)
        {
            _executor.Allow(11);
            await _host.WaitForAsync(id, sweep => sweep.Runs.Sum(r => r.Iterations) == made + 11);
            await _host.Launcher.PauseAsync(id, Token);
            Assert.Equal(0, _executor.Training);
            Assert.Equal(SweepStatus.Paused, (await _host.Store.FindAsync(id, Token))!.Summary.Status);
            Assert.Empty(await _host.Board.ListAsync(Token));
            await _host.Launcher.ResumeAsync(id, Token);
        }

        _executor.Allow(1000);
        await AssertEachIterationOnceAsync(await _host.WaitForAsync(id, SweepStatus.Completed));
    }

    [Fact]
    public async Task PauseAndResume_ByManyAtOnce_EndsInOneOfTheTwoAndLosesNothing()
    {
        var id = await _host.Launcher.LaunchAsync(Sweep(values: 2), Token);
        _executor.Allow(9);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(
            () => i % 2 == 0 ? _host.Launcher.PauseAsync(id, Token) : _host.Launcher.ResumeAsync(id, Token))));

        await _host.Launcher.ResumeAsync(id, Token);
        _executor.Allow(1000);

        await AssertEachIterationOnceAsync(await _host.WaitForAsync(id, SweepStatus.Completed));
    }

    [Fact]
    public async Task Pause_WhileItFinishes_PausesOrSaysThatItIsOver()
    {
        for (var round = 0; round < 8; round++)
        {
            var id = await _host.Launcher.LaunchAsync(Sweep(values: 2), Token);
            _executor.Allow(2 * Iterations);
            await _host.WaitForAsync(id, sweep => sweep.Runs.Sum(r => r.Iterations) >= round * 5);
            try
            {
                await _host.Launcher.PauseAsync(id, Token);
                await _host.Launcher.ResumeAsync(id, Token);
            }
            catch (InvalidInputException e)
            {
                Assert.Contains("nothing left to pause", e.Message, StringComparison.Ordinal);
            }

            await AssertEachIterationOnceAsync(await _host.WaitForAsync(id, SweepStatus.Completed));
        }
    }

    [Fact]
    public async Task StopRun_WaitingForAThread_EndsItAndLetsTheOthersTrain()
    {
        var id = await _host.Launcher.LaunchAsync(Sweep(values: 2), Token);
        await _host.WaitForAsync(id, SweepStatus.Running);
        await _host.Launcher.PauseAsync(id, Token);
        var runs = (await _host.Store.FindAsync(id, Token))!.Runs;

        await _host.Launcher.StopRunAsync(runs[0].Id, Token);
        await _host.Launcher.ResumeAsync(id, Token);
        _executor.Allow(1000);

        var sweep = await _host.WaitForAsync(id, SweepStatus.Completed);
        Assert.Equal([RunOutcome.CutShort, RunOutcome.Finished], sweep.Runs.Select(r => r.Outcome));
        await Assert.ThrowsAsync<InvalidInputException>(() => _host.Launcher.StopRunAsync(runs[1].Id, Token));
        await Assert.ThrowsAsync<InvalidInputException>(() => _host.Launcher.StopRunAsync(99, Token));
    }

    [Fact]
    public async Task Extend_WhileItTrains_GoesOnAndTrainsWhatIsNew()
    {
        var id = await _host.Launcher.LaunchAsync(Sweep(values: 2), Token);
        _executor.Allow(10);
        await _host.WaitForAsync(id, sweep => sweep.Runs.Sum(r => r.Iterations) == 10);

        var extended = await _host.Launcher.ExtendAsync(
            id, ExtensionReader.Parse("""{ "optimizers": [ { "id": "sgd-constant", "values": [0.5] } ], "seeds": [1] }"""), Token);
        _executor.Allow(1000);

        Assert.Equal(id, extended);
        var sweep = await _host.WaitForAsync(id, SweepStatus.Completed);
        Assert.Equal(6, sweep.Runs.Count);
        await AssertEachIterationOnceAsync(sweep);
    }

    [Fact]
    public async Task Extend_Longer_TrainsANewSweep()
    {
        _executor.Allow(10_000);
        var id = await _host.Launcher.LaunchAsync(Sweep(values: 1), Token);
        await _host.WaitForAsync(id, SweepStatus.Completed);

        var longer = await _host.Launcher.ExtendAsync(id, ExtensionReader.Parse($$"""{ "iterations": {{2 * Iterations}} }"""), Token);

        Assert.NotEqual(id, longer);
        await _host.WaitForAsync(longer, SweepStatus.Completed);
    }

    [Fact]
    public async Task DeleteSweep_WhileItTrains_StopsItAndUndoLetsItGoOn()
    {
        var id = await _host.Launcher.LaunchAsync(Sweep(values: 2), Token);
        _executor.Allow(10);
        await _host.WaitForAsync(id, sweep => sweep.Runs.Sum(r => r.Iterations) == 10);

        await _host.Launcher.DeleteSweepAsync(id, Token);
        Assert.Equal(0, _executor.Training);
        Assert.Null(await _host.Store.FindAsync(id, Token));
        Assert.Empty(await _host.Board.ListAsync(Token));
        await _host.RestartAsync();
        Assert.Empty(await _host.Board.ListAsync(Token));

        await _host.Launcher.RestoreSweepAsync(id, Token);
        _executor.Allow(1000);

        await AssertEachIterationOnceAsync(await _host.WaitForAsync(id, SweepStatus.Completed));
    }

    [Fact]
    public async Task DeleteRun_WhileItTrains_EndsItAndUndoBringsItBack()
    {
        var id = await _host.Launcher.LaunchAsync(Sweep(values: 2), Token);
        _executor.Allow(10);
        var runs = (await _host.WaitForAsync(id, sweep => sweep.Runs.Sum(r => r.Iterations) == 10)).Runs;

        await _host.Launcher.DeleteRunAsync(runs[0].Id, Token);
        Assert.Equal([runs[1].Id], (await _host.Store.FindAsync(id, Token))!.Runs.Select(r => r.Id));
        await _host.Launcher.RestoreRunAsync(runs[0].Id, Token);

        var restored = (await _host.Store.FindAsync(id, Token))!.Runs[0];
        Assert.Equal((runs[0].Id, RunOutcome.CutShort, runs[0].Iterations), (restored.Id, restored.Outcome, restored.Iterations));
        Assert.Equal(1, _executor.Training);
    }

    [Fact]
    public async Task Start_ThingsLongInTheBin_AreRemoved()
    {
        _executor.Allow(1000);
        var id = await _host.Launcher.LaunchAsync(Sweep(values: 1), Token);
        await _host.WaitForAsync(id, SweepStatus.Completed);
        await _host.Launcher.DeleteSweepAsync(id, Token);
        Assert.NotNull(await _host.Get<IBin>().FindSweepAsync(id, Token));

        await _host.RestartAsync(clock: new ShiftedClock(BinPeriod.Length + TimeSpan.FromMinutes(1)));

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await _host.Get<IBin>().FindSweepAsync(id, Token) is not null)
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private static SweepSpecification Sweep(int values) => SpecificationReader.Parse(
        $$"""
        { "name": "A sweep", "workload": "quadratic-2d", "iterations": {{Iterations}},
          "optimizers": [ { "id": "sgd-constant", "values": [{{string.Join(", ", Enumerable.Range(1, values))}}] } ] }
        """);

    /// <summary>The executor's numbers are those of the iterations, so that a lost or repeated one shows.</summary>
    private async Task AssertEachIterationOnceAsync(SweepDetail sweep)
    {
        foreach (var run in sweep.Runs)
        {
            var curve = (await _host.Curves.ReadAsync(run.Id, MetricColumn.Loss, null, null, 1000, Token))!;
            Assert.Equal(Enumerable.Range(1, Iterations).Select(i => (float)i), curve.Maximum);
            Assert.Equal((RunOutcome.Finished, Iterations), (run.Outcome, run.Iterations));
        }
    }
}
