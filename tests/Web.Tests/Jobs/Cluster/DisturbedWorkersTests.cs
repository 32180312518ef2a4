using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Tests.PostgreSql;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Tests.Commands;
using Xunit;

namespace Stepsize.Web.Tests.Jobs.Cluster;

/// <summary>
/// Three workers on one sweep, of which one after another is killed, frozen for longer than its lease, or ended, and whose database is stopped, at random moments:
/// what is stored has the bits of an undisturbed sweep. <c>./test.sh long</c> disturbs many times as often.
/// </summary>
public sealed class DisturbedWorkersTests
{
    /// <summary>Of moments and order; a different one tries others.</summary>
    private const int Seed = 20261128;

    private const int Workers = 3;

    /// <summary>Shorter than people have it, so that a test sees many end; in the long form also the standard one.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(LongTests.AreOn ? 20 : 5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(LongTests.AreOn ? 90 : 6);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_KilledFrozenEndedAndWithoutDatabase_StoreTheBitsOfAnUndisturbedSweep()
    {
        string[] disturbances = LongTests.AreOn
            ? [.. Repeat("kill", 50), .. Repeat("freeze", 20), .. Repeat("end", 10), .. Repeat("outage", 5)]
            : ["kill", "freeze", "end", "outage", "kill"];
        await DisturbAsync(Lease, disturbances);
        if (LongTests.AreOn)
        {
            // Takeover within 75 s of a kill, and at once of an end.
            await DisturbAsync(LeaseTerms.Standard.Lease, ["kill", "end", "kill", "kill"]);
        }
    }

    private static async Task DisturbAsync(TimeSpan lease, string[] disturbances)
    {
        await using var server = await PostgresServer.StartAsync();
        Assert.SkipWhen(server is null, "PostgreSQL is not installed.");
        var random = new Random(Seed);
        random.Shuffle(disturbances);
        await using var cluster = await ClusterProcesses.StartAsync(await server.CreateDatabaseAsync(), lease, dashboards: 1, workers: 0);
        var workers = (await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => cluster.AddWorkerAsync()))).ToList();

        var seeds = Workers;
        var id = await cluster.LaunchAsync(Specification(seeds));
        foreach (var disturbance in disturbances)
        {
            // There is always something to train, and not much when all is over.
            while ((await cluster.Store.FindAsync(id, Token))!.Runs.Count(r => r.Status != RunStatus.Finished) < 2 * Workers)
            {
                await cluster.AskAsync(0, HttpMethod.Post, $"/api/sweeps/{id}/extension", $$"""{ "seeds": [{{seeds++}}] }""");
            }

            await cluster.WaitAsync(id, s => s.Summary.Status == SweepStatus.Running, Patience);
            await Task.Delay(random.Next(1500), Token);
            await DisturbAsync(cluster, server, workers, id, disturbance, lease);
        }

        var sweep = await cluster.WaitAsync(id, IsOver, Patience);

        Assert.True(sweep.Summary.Status == SweepStatus.Completed, string.Join('\n', sweep.Runs.Select(r => r.Error)) + cluster.Report());
        await CompareAsync(cluster, id, seeds);
    }

    private static async Task DisturbAsync(
        ClusterProcesses cluster, PostgresServer server, List<StepsizeProcess> workers, long id, string disturbance, TimeSpan lease)
    {
        if (disturbance == "outage")
        {
            await server.StopAsync();
            await Task.Delay(Outage, Token);
            await server.StartAgainAsync();
            NpgsqlConnection.ClearAllPools(); // Of the test itself.
            return;
        }

        if (await cluster.FindTrainingAsync(workers, id) is not var (cohort, worker))
        {
            return; // Between two cohorts.
        }

        var watch = Stopwatch.StartNew();
        switch (disturbance)
        {
            case "kill":
                workers.Remove(worker);
                await worker.KillAsync();
                await TakenOverAsync(cluster, id, cohort, worker.Id, watch, lease == LeaseTerms.Standard.Lease ? TimeSpan.FromSeconds(75) : lease + TimeSpan.FromSeconds(15));
                break;
            case "end":
                workers.Remove(worker);
                await worker.SignalAsync("TERM");
                Assert.Equal(0, (await worker.EndAsync()).ExitCode);
                await TakenOverAsync(cluster, id, cohort, worker.Id, Stopwatch.StartNew(), TimeSpan.FromSeconds(5));
                break;
            default:
                await worker.SignalAsync("STOP");
                await Task.Delay(lease, Token);

                // What it has locked, where it is frozen in the middle of a transaction, the server gives free after some seconds.
                await TakenOverAsync(cluster, id, cohort, worker.Id, watch, lease + TimeSpan.FromSeconds(30));
                await worker.SignalAsync("CONT");
                return;
        }

        workers.Add(await cluster.AddWorkerAsync());
    }

    /// <summary>The cohort is another's, or over, and where all are busy it waits to be claimed.</summary>
    private static async Task TakenOverAsync(ClusterProcesses cluster, long id, long cohort, int pid, Stopwatch since, TimeSpan limit)
    {
        while ((await cluster.HeldAsync(id)).Any(h => h.Cohort == cohort && h.Pid == pid))
        {
            Assert.True(since.Elapsed < limit, $"Cohort {cohort} is not taken over {since.Elapsed} after its worker ended. {cluster.Report()}");
            await Task.Delay(50, Token);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Worker {pid}: taken back after {since.Elapsed.TotalSeconds:0.0} s"));
    }

    private static async Task CompareAsync(ClusterProcesses cluster, long id, int seeds)
    {
        var folder = Directory.CreateTempSubdirectory("stepsize-").FullName;
        try
        {
            using var pool = new TrainingPool(2);
            await using var host = await JobsTestHost.StartAsync(() => new CpuExecutor(pool, DatasetFolders.Standard(null), TimeProvider.System), folder);
            var expected = await host.Launcher.LaunchAsync(SpecificationReader.Parse(Specification(seeds)), Token);
            await host.WaitForAsync(expected, s => s.Summary.Status == SweepStatus.Completed, Patience);
            await SameRuns.AssertAsync(host, expected, cluster.Services, id);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Specification(int seeds) =>
        $$"""
        {
          "name": "Disturbed", "workload": "mnist-mlp", "batchSize": 128, "iterations": 400, "evaluateAtIterations": [150],
          "optimizers": [ { "id": "adagrad-norm", "values": [0.1, 10] }, { "id": "sgd-constant", "values": [0.01] } ],
          "seeds": [{{string.Join(", ", Enumerable.Range(0, seeds))}}]
        }
        """;

    private static bool IsOver(SweepDetail sweep) => sweep.Summary.Status is not (SweepStatus.Queued or SweepStatus.Running);

    private static IEnumerable<string> Repeat(string text, int count) => Enumerable.Repeat(text, count);
}
