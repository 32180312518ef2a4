using Microsoft.Data.Sqlite;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Xunit;

namespace Stepsize.Web.Tests.Jobs;

/// <summary>Real training while another program keeps the database locked for longer than an attempt waits.</summary>
public sealed class DatabaseAwayTests : IDisposable
{
    private const int Iterations = 100_000;
    private static readonly TrainingPool Pool = new(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("stepsize-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Train_DatabaseLockedAgainAndAgain_FailsNoRunAndStoresTheSameBits()
    {
        await using var host = await StartAsync();
        var undisturbed = await host.Launcher.LaunchAsync(Sweep("undisturbed"), Token);
        await host.WaitForAsync(undisturbed, SweepStatus.Completed);
        var id = await host.Launcher.LaunchAsync(Sweep("disturbed"), Token);
        var waits = 0;
        for (var round = 0; round < 2; round++)
        {
            await host.WaitForAsync(id, sweep => sweep.Summary.Status != SweepStatus.Queued);
            await using var other = await LockAsync();
            if (await WaitsAsync(host, id))
            {
                waits++;
                await Task.Delay(TimeSpan.FromSeconds(2), Token);
            }
        }

        var sweep = await host.WaitForAsync(id, SweepStatus.Completed);

        Assert.NotEqual(0, waits);
        await SameRuns.AssertAsync(host, undisturbed, id);
        Assert.All(sweep.Runs, r => Assert.Equal(RunStatus.Finished, r.Status));
        Assert.Null(host.Get<DatabasePatience>().Current);
    }

    [Fact]
    public async Task Cancel_WhileTrainingWaits_StopsAtOnceAndIsStoredWhenTheLockGoes()
    {
        await using var host = await StartAsync();
        var id = await host.Launcher.LaunchAsync(Sweep("to be cancelled"), Token);
        await host.WaitForAsync(id, sweep => sweep.Summary.Status == SweepStatus.Running);
        Task cancelling;
        await using (await LockAsync())
        {
            Assert.True(await WaitsAsync(host, id));
            cancelling = Task.Run(() => host.Launcher.CancelAsync(id, Token), Token);

            // Nothing waits for the database any more: the training has given up.
            await UntilAsync(() => host.Get<DatabasePatience>().Current is null);
            Assert.False(cancelling.IsCompleted);
        }

        await cancelling;

        var sweep = (await host.Store.FindAsync(id, Token))!;
        Assert.Equal(SweepStatus.Cancelled, sweep.Summary.Status);
        Assert.DoesNotContain(sweep.Runs, r => r.Outcome == RunOutcome.Failed);
    }

    [Fact]
    public async Task Stop_WhileTrainingWaits_EndsTheProgramAndGoesOnAtTheNextStart()
    {
        await using var host = await StartAsync();
        var undisturbed = await host.Launcher.LaunchAsync(Sweep("undisturbed"), Token);
        await host.WaitForAsync(undisturbed, SweepStatus.Completed);
        var id = await host.Launcher.LaunchAsync(Sweep("stopped"), Token);
        await host.WaitForAsync(id, sweep => sweep.Summary.Status == SweepStatus.Running);
        var other = await LockAsync();
        Assert.True(await WaitsAsync(host, id));

        // The lock goes while the program starts again.
        var release = Task.CompletedTask;
        await host.RestartAsync(_ =>
        {
            release = Task.Run(
                async () =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(4), Token);
                    await other.DisposeAsync();
                },
                Token);
            return Task.CompletedTask;
        });
        await release;

        var sweep = await host.WaitForAsync(id, SweepStatus.Completed);
        Assert.DoesNotContain(sweep.Runs, r => r.Outcome == RunOutcome.Failed);
        await SameRuns.AssertAsync(host, undisturbed, id);
    }

    private static SweepSpecification Sweep(string name) => SpecificationReader.Parse(
        $$"""
        {
          "name": "{{name}}", "workload": "linreg-stochastic", "iterations": {{Iterations}}, "evaluateAtIterations": [100, 20000],
          "optimizers": [ { "id": "adagrad-norm", "values": [1, 10] }, { "id": "sgd-constant", "values": [0.0001, 0.01] } ]
        }
        """);

    private Task<JobsTestHost> StartAsync() => JobsTestHost.StartAsync(
        () => new CpuExecutor(Pool, DatasetFolders.Standard(null), TimeProvider.System), _folder);

    /// <returns>False where the sweep ended before anything of it met the lock.</returns>
    private static async Task<bool> WaitsAsync(JobsTestHost host, long id)
    {
        while (host.Get<DatabasePatience>().Current is null)
        {
            if ((await host.Store.FindAsync(id, Token))!.Summary.Status == SweepStatus.Completed)
            {
                return false;
            }

            await Task.Delay(20, Token);
        }

        return true;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private async Task<SqliteConnection> LockAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "test.db")};Pooling=False;Default Timeout=60");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }
}
