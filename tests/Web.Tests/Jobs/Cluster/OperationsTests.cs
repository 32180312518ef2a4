using System.Globalization;
using System.Text.Json;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Tests.Commands;
using Xunit;

namespace Stepsize.Web.Tests.Jobs.Cluster;

/// <summary>
/// Two dashboards that train nothing and three workers, as processes on one database: every operation on a sweep, in random order, through one dashboard, with a
/// look at the answer of the other. <c>./test.sh long</c> does each twenty times.
/// </summary>
public sealed class OperationsTests
{
    /// <summary>Of the order; a different one tries others.</summary>
    private const int Seed = 20261128;

    private const int Iterations = 250;
    private const int Workers = 3;
    private static readonly int Times = LongTests.AreOn ? 20 : 1;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(LongTests.AreOn ? 60 : 8);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(3);
    private static readonly string[] Operations = ["pause", "resume", "cancel", "missing", "extend", "delete", "restore", "stop-run"];

    private readonly Random _random = new(Seed);
    private readonly List<double> _values = [0.01, 0.1, 1];
    private ClusterProcesses _cluster = null!;
    private List<StepsizeProcess> _workers = [];
    private long _sweep;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operations_InRandomOrderThroughOtherPrograms_LoseAndRepeatNothing()
    {
        var connection = await ClusterDatabase.CreateAsync();
        await using (_cluster = await ClusterProcesses.StartAsync(connection, TimeSpan.FromSeconds(60), dashboards: 2, workers: 0))
        {
            _workers = [.. await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => _cluster.AddWorkerAsync()))];
            _sweep = await _cluster.LaunchAsync(Specification());
            var operations = Enumerable.Repeat(Operations, Times).SelectMany(o => o).ToArray();
            _random.Shuffle(operations);
            foreach (var operation in operations)
            {
                await DoAsync(operation);
            }

            await CompleteAsync();
            await CompareAsync();
        }

        await ClusterDatabase.DropAsync(connection);
    }

    private async Task DoAsync(string operation)
    {
        switch (operation)
        {
            case "pause":
                await LetTrainAsync();
                await PostAsync("pause");
                await AssertStoppedAsync("paused");
                break;
            case "resume":
                await LetTrainAsync();
                await PostAsync("pause");
                await PostAsync("resume");
                Assert.Contains(await StatusAsync(), new[] { "queued", "running", "completed" });
                break;
            case "cancel":
                await LetTrainAsync();
                await PostAsync("cancel");
                await AssertStoppedAsync("cancelled");
                break;
            case "missing":
                await LetTrainAsync();
                await PostAsync("cancel");
                await RunMissingAsync();
                break;
            case "extend":
                await RestoreIfDeletedAsync();
                await ExtendAsync();
                break;
            case "delete":
                await LetTrainAsync();
                await _cluster.AskAsync(Any(), HttpMethod.Delete, $"/api/sweeps/{_sweep}");
                await AssertStoppedAsync(null);
                break;
            case "restore":
                await LetTrainAsync();
                await _cluster.AskAsync(Any(), HttpMethod.Delete, $"/api/sweeps/{_sweep}");
                await RestoreIfDeletedAsync();
                break;
            default:
                await StopRunAsync();
                break;
        }
    }

    /// <summary>Makes the sweep one of which something is trained, whatever was done to it before, and that has enough left not to end at once.</summary>
    private async Task LetTrainAsync()
    {
        await RestoreIfDeletedAsync();
        if (await StatusAsync() == "paused")
        {
            await PostAsync("resume");
        }

        if (await StatusAsync() == "cancelled")
        {
            await RunMissingAsync();
        }

        while ((await FindAsync())!.Runs.Count(r => r.Status != RunStatus.Finished) < 2 * Workers)
        {
            await ExtendAsync();
        }

        var before = Made((await FindAsync())!);
        await _cluster.WaitAsync(_sweep, s => Made(s) > before, Patience);
    }

    private async Task ExtendAsync()
    {
        _values.Add(_values[^1] * 1.5);
        var body = string.Create(CultureInfo.InvariantCulture, $$"""{ "optimizers": [ { "id": "adagrad-norm", "values": [{{_values[^1]:R}}] } ] }""");
        await _cluster.AskAsync(Any(), HttpMethod.Post, $"/api/sweeps/{_sweep}/extension", body);
        Assert.Equal(_values.Count * 2, (await FindAsync())!.Runs.Count);
    }

    private async Task StopRunAsync()
    {
        await LetTrainAsync();
        if ((await FindAsync())!.Runs.FirstOrDefault(r => r.Status == RunStatus.Running) is not { } run)
        {
            return; // All have ended just now.
        }

        using var response = await _cluster.SendAsync(Any(), HttpMethod.Post, $"/api/runs/{run.Id}/stop");
        var stopped = (await FindAsync())!.Runs.Single(r => r.Id == run.Id);
        Assert.Equal(RunStatus.Finished, stopped.Status); // By this, or by itself just before.
        if (response.IsSuccessStatusCode)
        {
            Assert.Equal(RunOutcome.CutShort, stopped.Outcome);
            await Task.Delay(StopsWithin, Token);
            Assert.Equal(stopped.Iterations, (await FindAsync())!.Runs.Single(r => r.Id == run.Id).Iterations);
        }
    }

    /// <summary>The other dashboard knows at once, and soon no worker computes.</summary>
    private async Task AssertStoppedAsync(string? status)
    {
        Assert.Equal(status, await StatusAsync());
        Assert.Empty(await _cluster.HeldAsync(_sweep));
        await Task.Delay(StopsWithin, Token);
        var before = _workers.Select(w => w.ProcessorTime).ToArray();
        var made = await FindAsync() is { } sweep ? Made(sweep) : 0;
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        Assert.All(_workers.Zip(before), w => Assert.True(w.First.ProcessorTime - w.Second < TimeSpan.FromSeconds(0.5), $"A worker still computes. {_cluster.Report()}"));
        Assert.Equal(made, await FindAsync() is { } after ? Made(after) : 0);
    }

    private async Task CompleteAsync()
    {
        await LetTrainAsync();
        do
        {
            await RunMissingAsync();
            await _cluster.WaitAsync(_sweep, s => s.Summary.Status is SweepStatus.Completed or SweepStatus.Failed, Patience);
        }
        while (await CountMissingAsync() > 0);

        var sweep = (await FindAsync())!;
        Assert.True(sweep.Summary.Status == SweepStatus.Completed, string.Join('\n', sweep.Runs.Select(r => r.Error)) + _cluster.Report());
    }

    private async Task CompareAsync()
    {
        var folder = Directory.CreateTempSubdirectory("stepsize-").FullName;
        try
        {
            using var pool = new TrainingPool(2);
            await using var host = await JobsTestHost.StartAsync(() => new CpuExecutor(pool, DatasetFolders.Standard(null), TimeProvider.System), folder);
            var expected = await host.Launcher.LaunchAsync(SpecificationReader.Parse(Specification()), Token);
            await host.WaitForAsync(expected, s => s.Summary.Status == SweepStatus.Completed, Patience);
            await SameRuns.AssertAsync(host, expected, _cluster.Services, _sweep);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Specification() =>
        $$"""
        {
          "name": "Operated on", "workload": "mnist-mlp", "batchSize": 128, "iterations": {{Iterations}}, "evaluateAtIterations": [100],
          "optimizers": [ { "id": "adagrad-norm", "values": [{{string.Join(", ", _values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}}] } ],
          "seeds": [0, 1]
        }
        """;

    private Task PostAsync(string verb) => _cluster.AskAsync(Any(), HttpMethod.Post, $"/api/sweeps/{_sweep}/{verb}");

    private async Task RunMissingAsync()
    {
        if (await CountMissingAsync() > 0)
        {
            await _cluster.AskAsync(Any(), HttpMethod.Post, $"/api/sweeps/{_sweep}/missing", "{}");
            Assert.Equal(0, await CountMissingAsync());
        }
    }

    private async Task<int> CountMissingAsync() => (await _cluster.AskAsync(Any(), HttpMethod.Get, $"/api/sweeps/{_sweep}/missing"))!.Value.GetProperty("runs").GetArrayLength();

    private async Task RestoreIfDeletedAsync()
    {
        if (await StatusAsync() is null)
        {
            await _cluster.AskAsync(Any(), HttpMethod.Post, $"/api/sweeps/{_sweep}/restore");
        }
    }

    /// <returns>As a dashboard answers; null where the sweep is in the bin.</returns>
    private async Task<string?> StatusAsync()
    {
        using var response = await _cluster.Dashboards[Any()].GetAsync($"/api/sweeps/{_sweep}", Token);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        return response.IsSuccessStatusCode ? json.RootElement.GetProperty("sweep").GetProperty("status").GetString() : null;
    }

    private Task<SweepDetail?> FindAsync() => _cluster.Store.FindAsync(_sweep, Token);

    private int Any() => _random.Next(_cluster.Dashboards.Count);

    private static int Made(SweepDetail sweep) => sweep.Runs.Sum(r => r.Iterations);
}
