using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Database;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Extension;
using Xunit;

namespace Stepsize.Web.Tests.Jobs;

/// <summary>Real training, interrupted: what is stored in the end must be what training in one go stores, to the bit.</summary>
public sealed class TrainingResumesTests : IDisposable
{
    /// <summary>Long enough that runs are interrupted between their checkpoints, one a second.</summary>
    private const int Iterations = 50_000;
    private static readonly TrainingPool Pool = new(2);
    private static readonly Lazy<Task<Expected>> InOneGo = new(TrainInOneGoAsync);
    private readonly string _folder = Directory.CreateTempSubdirectory("stepsize-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Train_StoppedAndStartedAgain_StoresTheSameBits()
    {
        var expected = await InOneGo.Value;
        await using var host = await JobsTestHost.StartAsync(NewExecutor, Folder("stopped"));
        var id = await host.Launcher.LaunchAsync(Sweep(), Token);
        for (var restart = 0; restart < 2; restart++)
        {
            await Task.Delay(150 * (restart + 1), Token);
            await host.RestartAsync();
        }

        var sweep = await host.WaitForAsync(id, SweepStatus.Completed);

        await AssertEqualAsync(expected, sweep, host.Curves);
    }

    [Fact]
    public async Task Train_PausedExtendedAndResumed_StoresTheSameBits()
    {
        var expected = await InOneGo.Value;
        await using var host = await JobsTestHost.StartAsync(NewExecutor, Folder("paused"));
        var id = await host.Launcher.LaunchAsync(Sweep(), Token);
        await host.WaitForAsync(id, sweep => sweep.Runs.Any(r => r.Iterations > 0));
        await host.Launcher.PauseAsync(id, Token);
        var paused = (await host.Store.FindAsync(id, Token))!;
        Assert.Equal(SweepStatus.Paused, paused.Summary.Status);
        Assert.Contains(paused.Runs, r => r.Status == RunStatus.Running);

        await host.Launcher.ExtendAsync(
            id, ExtensionReader.Parse("""{ "optimizers": [ { "id": "sgd-constant", "values": [0.002] } ] }"""), Token);

        var sweep = await host.WaitForAsync(id, SweepStatus.Completed);
        Assert.Equal(3, sweep.Runs.Count);
        await AssertEqualAsync(expected, sweep with { Runs = [.. sweep.Runs.Where(r => r.AxisValue != 0.002)] }, host.Curves);
    }

    [Fact]
    public async Task StopRun_UnderWay_KeepsWhatItMadeAndGivesTheSameBitsWhenRunAgain()
    {
        var expected = await InOneGo.Value;
        await using var host = await JobsTestHost.StartAsync(NewExecutor, Folder("killed-run"));
        var id = await host.Launcher.LaunchAsync(Sweep(), Token);
        var run = (await host.WaitForAsync(id, sweep => sweep.Runs[0].Iterations > 0)).Runs[0].Id;

        await host.Launcher.StopRunAsync(run, Token);

        var stopped = (await host.Store.FindAsync(id, Token))!.Runs[0];
        Assert.Equal((RunOutcome.CutShort, RunStatus.Finished), (stopped.Outcome, stopped.Status));
        Assert.InRange(stopped.Iterations, 1, Iterations - 1);
        await host.WaitForAsync(id, SweepStatus.Completed);
        Assert.Equal(1, await host.Launcher.RunMissingAsync(id, null, Token));

        await AssertEqualAsync(expected, await host.WaitForAsync(id, sweep => sweep.Summary is { Status: SweepStatus.Completed, RunsFinished: 2 }), host.Curves);
    }

    [Fact]
    public async Task Train_ProcessKilledAgainAndAgain_StoresTheSameBits()
    {
        var expected = await InOneGo.Value;
        var options = DatabaseOptions.Sqlite(Path.Combine(Folder("killed"), "test.db"));
        await using var services = new ServiceCollection().AddStepsizeData(options).BuildServiceProvider();
        await services.GetRequiredService<DatabaseSetup>().OpenAsync(Token);
        var store = services.GetRequiredService<ISweepStore>();
        var id = await store.CreateAsync(Sweep(), Token);
        for (var kill = 0; kill < 2; kill++)
        {
            var before = await MadeAsync(store, id);
            using var worker = StartWorker(options.SqliteFile!);
            try
            {
                await UntilAsync(worker, async () => await MadeAsync(store, id) > before);
            }
            finally
            {
                worker.Kill();
                await worker.WaitForExitAsync(Token);
            }
        }

        using (var worker = StartWorker(options.SqliteFile!))
        {
            try
            {
                await UntilAsync(worker, async () => (await store.FindAsync(id, Token))!.Summary.Status == SweepStatus.Completed);
            }
            finally
            {
                worker.Kill();
                await worker.WaitForExitAsync(Token);
            }
        }

        await AssertEqualAsync(expected, (await store.FindAsync(id, Token))!, services.GetRequiredService<ICurveReader>());
    }

    private static SweepSpecification Sweep() => SpecificationReader.Parse(
        $$"""
        {
          "name": "Regression", "workload": "linreg-stochastic", "iterations": {{Iterations}}, "evaluateAtIterations": [100, 20000],
          "optimizers": [ { "id": "adagrad-norm", "values": [10] }, { "id": "sgd-constant", "values": [0.01] } ]
        }
        """);

    private static CpuExecutor NewExecutor() => new(Pool, DatasetFolders.Standard(null), TimeProvider.System);

    private static async Task<int> MadeAsync(ISweepStore store, long id) => (await store.FindAsync(id, Token))!.Runs.Sum(r => r.Iterations);

    private static Process StartWorker(string database)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "stepsize.dll");
        var start = new ProcessStartInfo("dotnet", [program, "worker", "--db", database, "--threads", 2.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var worker = Process.Start(start)!;

        // Somebody has to read, or a full pipe stops it.
        worker.OutputDataReceived += (_, _) => { };
        worker.ErrorDataReceived += (_, line) => TestContext.Current.SendDiagnosticMessage(line.Data ?? "");
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();
        return worker;
    }

    private static async Task UntilAsync(Process worker, Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.False(worker.HasExited, "The worker ended by itself.");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "The worker makes no progress.");
            await Task.Delay(20, Token);
        }
    }

    private static async Task<Expected> TrainInOneGoAsync()
    {
        var folder = Directory.CreateTempSubdirectory("stepsize-");
        await using var host = await JobsTestHost.StartAsync(NewExecutor, folder.FullName);
        var id = await host.Launcher.LaunchAsync(Sweep(), Token);
        var sweep = await host.WaitForAsync(id, SweepStatus.Completed);
        var curves = new List<Curve>();
        foreach (var (run, column) in Columns(sweep))
        {
            curves.Add((await host.Curves.ReadAsync(run.Id, column, null, null, 2 * Iterations, Token))!);
        }

        await host.DisposeAsync();
        folder.Delete(recursive: true);
        return new Expected(sweep, curves);
    }

    private static async Task AssertEqualAsync(Expected expected, SweepDetail actual, ICurveReader reader)
    {
        foreach (var ((run, column), curve) in Columns(actual).Zip(expected.Curves))
        {
            var stored = (await reader.ReadAsync(run.Id, column, null, null, 2 * Iterations, Token))!;
            Assert.Equal(curve.Iterations, stored.Iterations);
            Assert.Equal(curve.Maximum, stored.Maximum);
        }

        foreach (var (before, after) in expected.Sweep.Runs.Zip(actual.Runs))
        {
            Assert.Equal((before.Outcome, before.Iterations, before.FirstBadIteration), (after.Outcome, after.Iterations, after.FirstBadIteration));
            Assert.Equal(before.Evaluations, after.Evaluations);
            Assert.Equal(before.Provenance!.InitialWeights, after.Provenance!.InitialWeights);
        }

        Assert.Contains(actual.Runs, r => r.Outcome == RunOutcome.Diverged);
        Assert.Contains(actual.Runs, r => r.Iterations == Iterations);
    }

    private static IEnumerable<(RunRow Run, MetricColumn Column)> Columns(SweepDetail sweep) =>
        from run in sweep.Runs
        from column in new[] { MetricColumn.Loss, MetricColumn.Stepsize }
        select (run, column);

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    private sealed record Expected(SweepDetail Sweep, IReadOnlyList<Curve> Curves);
}
