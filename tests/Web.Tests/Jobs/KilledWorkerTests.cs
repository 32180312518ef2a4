using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Tests.Commands;
using Xunit;

namespace Stepsize.Web.Tests.Jobs;

/// <summary>
/// A program that is killed (SIGKILL) again and again while it trains, starts, or recovers from the last time. <c>./test.sh long</c> kills many times as often,
/// in a sweep as much longer.
/// </summary>
public sealed class KilledWorkerTests
{
    /// <summary>Of moments; a different one tries others.</summary>
    private const int Seed = 20261128;

    private static readonly int Kills = LongTests.AreOn ? 100 : 4;
    private static readonly int Iterations = LongTests.AreOn ? 1_500_000 : 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(LongTests.AreOn ? 60 : 5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_KilledAtRandomMoments_StoresEveryIterationOnceWithTheSameBits()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("undisturbed"));
        using var pool = new TrainingPool(2);
        await using var host = await JobsTestHost.StartAsync(
            () => new CpuExecutor(pool, DatasetFolders.Standard(null), TimeProvider.System), folder.File("undisturbed"));
        var expected = await host.Launcher.LaunchAsync(Sweep(), Token);
        await host.WaitForAsync(expected, sweep => sweep.Summary.Status == SweepStatus.Completed, Patience);
        await using var services = new ServiceCollection().AddStepsizeData(DatabaseOptions.Sqlite(folder.File("killed.db"))).BuildServiceProvider();
        await services.GetRequiredService<DatabaseSetup>().OpenAsync(Token);
        var store = services.GetRequiredService<ISweepStore>();
        var id = await store.CreateAsync(Sweep(), Token);
        var random = new Random(Seed);
        var (killed, killedWhileTraining) = (0, 0);
        for (; killed < Kills && await StatusAsync(store, id) != SweepStatus.Completed; killed++)
        {
            using var worker = StepsizeProcess.Start(folder, "worker", "--db", "killed.db", "--threads", "2");
            if (random.Next(4) > 0)
            {
                var before = await MadeAsync(store, id);
                await UntilAsync(worker, async () => await MadeAsync(store, id) > before || await StatusAsync(store, id) == SweepStatus.Completed);
                killedWhileTraining++;
            }

            await Task.Delay(random.Next(1500), Token);
            await worker.KillAsync();
        }

        using (var last = StepsizeProcess.Start(folder, "worker", "--db", "killed.db", "--threads", "2"))
        {
            await UntilAsync(last, async () => await StatusAsync(store, id) == SweepStatus.Completed);
        }

        Assert.True(killedWhileTraining > 0, $"Only {killedWhileTraining} of {killed} kills met training.");
        await SameRuns.AssertAsync(host, expected, services, id);
    }

    private static SweepSpecification Sweep() => SpecificationReader.Parse(
        $$"""
        {
          "name": "Regression", "workload": "linreg-stochastic", "iterations": {{Iterations}}, "evaluateAtIterations": [100, 20000],
          "optimizers": [ { "id": "adagrad-norm", "values": [0.1, 10] }, { "id": "sgd-constant", "values": [0.0001, 0.01] }, { "id": "adam", "values": [0.001] } ],
          "seeds": [0, 1]
        }
        """);

    private static async Task<SweepStatus> StatusAsync(ISweepStore store, long id) => (await store.FindAsync(id, Token))!.Summary.Status;

    private static async Task<int> MadeAsync(ISweepStore store, long id) => (await store.FindAsync(id, Token))!.Runs.Sum(r => r.Iterations);

    private static async Task UntilAsync(StepsizeProcess worker, Func<Task<bool>> condition)
    {
        for (var watch = Stopwatch.StartNew(); !await condition(); await Task.Delay(20, Token))
        {
            Assert.False(worker.HasExited, $"The worker ended by itself: {worker.Error}");
            Assert.True(watch.Elapsed < Patience, "The worker makes no progress.");
        }
    }
}
