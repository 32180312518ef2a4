using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Tests.Jobs;
using Xunit;

namespace Stepsize.Web.Tests.Commands;

public sealed class BackupTests
{
    private const int Iterations = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backup_WhileAWorkerTrains_RestoresToADatabaseThatGoesOnToTheSameBits()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("undisturbed"));
        using var pool = new TrainingPool(2);
        await using var host = await JobsTestHost.StartAsync(
            () => new CpuExecutor(pool, DatasetFolders.Standard(null), TimeProvider.System), folder.File("undisturbed"));
        var expected = await host.Launcher.LaunchAsync(Sweep(), Token);
        await host.WaitForAsync(expected, SweepStatus.Completed);
        var id = await CreateAsync(folder.File("s.db"));
        StepsizeResult backup;
        int madeBefore, madeAfter;
        using (var worker = StepsizeProcess.Start(folder, "worker", "--db", "s.db", "--threads", "1"))
        {
            await UntilAsync(worker, folder.File("s.db"), sweep => sweep.Runs.Any(r => r.Iterations > 0), id);
            madeBefore = await MadeAsync(folder.File("s.db"), id);
            backup = await StepsizeProcess.RunAsync(folder, "backup", "copy.db", "--db", "s.db");
            madeAfter = await MadeAsync(folder.File("s.db"), id);
            await worker.KillAsync();
        }

        Assert.Equal(0, backup.ExitCode);
        Assert.Contains("1 sweep with 4 runs", backup.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Files(), f => f.StartsWith("copy.db", StringComparison.Ordinal) && f != "copy.db");
        var restore = await StepsizeProcess.RunAsync(folder, "restore", "copy.db", "--db", "other.db");
        Assert.Equal(0, restore.ExitCode);
        Assert.Contains("1 sweep with 4 runs", restore.Output, StringComparison.Ordinal);
        Assert.InRange(await MadeAsync(folder.File("other.db"), id), madeBefore, madeAfter);
        using (var worker = StepsizeProcess.Start(folder, "worker", "--db", "other.db", "--threads", "2"))
        {
            await UntilAsync(worker, folder.File("other.db"), sweep => sweep.Summary.Status == SweepStatus.Completed, id);
            Assert.Equal(0, (await worker.InterruptAsync()).ExitCode);
        }

        await using var services = Services(folder.File("other.db"));
        await SameRuns.AssertAsync(host, expected, services, id);
    }

    [Fact]
    public async Task Backup_FileExists_IsReplacedWithForceAlone()
    {
        using var folder = new TemporaryFolder();
        await CreateAsync(folder.File("s.db"));
        folder.Write("copy.db", "precious");

        var refused = await StepsizeProcess.RunAsync(folder, "backup", "copy.db", "--db", "s.db");
        var kept = await File.ReadAllTextAsync(folder.File("copy.db"), Token);
        var forced = await StepsizeProcess.RunAsync(folder, "backup", "copy.db", "--db", "s.db", "--force");

        Assert.Equal((2, "precious"), (refused.ExitCode, kept));
        Assert.Contains("exists; name another file, or replace it with --force", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, forced.ExitCode);
        Assert.Equal("ok", Scalar(folder.File("copy.db"), "PRAGMA integrity_check"));
        Assert.Equal(4L, Scalar(folder.File("copy.db"), "SELECT COUNT(*) FROM Runs"));
    }

    [Fact]
    public async Task Backup_NoDatabase_IsOneSentenceAndMakesNone()
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, "backup", "copy.db", "--db", "missing.db");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("there is no database", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(folder.Files());
    }

    [Theory]
    [InlineData("backup", "pg_dump --format=custom --file=my.dump --host=db.example --port=5433 --username=me 'a b'")]
    [InlineData("restore", "pg_restore --clean --if-exists --single-transaction --host=db.example --port=5433 --username=me --dbname='a b' my.dump")]
    public async Task BackupAndRestore_PostgreSql_SayTheCommandWithoutThePassword(string command, string expected)
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(
            folder, command, "my.dump", "--db", "Host=db.example;Port=5433;Database=a b;Username=me;Password=hunter2");

        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith(expected, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.Error + result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_OverADatabase_KeepsItBesideTheNewOne()
    {
        using var folder = new TemporaryFolder();
        await CreateAsync(folder.File("s.db"));
        await StepsizeProcess.RunAsync(folder, "backup", "copy.db", "--db", "s.db");
        await CreateAsync(folder.File("s.db"));

        var result = await StepsizeProcess.RunAsync(folder, "restore", "copy.db", "--db", "s.db");

        Assert.Equal(0, result.ExitCode);
        var kept = Assert.Single(folder.Files(), f => f.Contains(".replaced-", StringComparison.Ordinal));
        Assert.Contains($"What was there before is kept as {folder.File(kept)}.", result.Output, StringComparison.Ordinal);
        Assert.Equal(1L, Scalar(folder.File("s.db"), "SELECT COUNT(*) FROM Sweeps"));
        Assert.Equal(2L, Scalar(folder.File(kept), "SELECT COUNT(*) FROM Sweeps"));
        Assert.DoesNotContain(folder.Files(), f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restore_ProgramTrainsOnTheDatabase_IsRefusedAndChangesNothing()
    {
        using var folder = new TemporaryFolder();
        await CreateAsync(folder.File("s.db"));
        await StepsizeProcess.RunAsync(folder, "backup", "copy.db", "--db", "s.db");
        using var worker = StepsizeProcess.Start(folder, "worker", "--db", "s.db");
        await worker.WaitForAsync("Stepsize worker");

        var refused = await StepsizeProcess.RunAsync(folder, "restore", "copy.db", "--db", "s.db");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"process {worker.Id}", Assert.Single(refused.ErrorLines), StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Files(), f => f.Contains(".replaced-", StringComparison.Ordinal) || f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restore_DatabaseOpenInAnotherProgram_IsRefusedAndChangesNothing()
    {
        using var folder = new TemporaryFolder();
        await CreateAsync(folder.File("s.db"));
        await StepsizeProcess.RunAsync(folder, "backup", "copy.db", "--db", "s.db");
        await using var reader = new SqliteConnection($"Data Source={folder.File("s.db")};Pooling=False");
        await reader.OpenAsync(Token);
        await using var command = reader.CreateCommand();
        command.CommandText = "BEGIN; SELECT COUNT(*) FROM Runs";
        await command.ExecuteScalarAsync(Token);

        var refused = await StepsizeProcess.RunAsync(folder, "restore", "copy.db", "--db", "s.db");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("is open in another program", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Files(), f => f.Contains(".replaced-", StringComparison.Ordinal) || f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text", "not a")]
    [InlineData("damaged", "copy.db")]
    [InlineData("newer", "newer version")]
    [InlineData("foreign", "holds no sweeps of this program")]
    public async Task Restore_CopyThatCannotBeUsed_IsRefusedAndChangesNothing(string copy, string expected)
    {
        using var folder = new TemporaryFolder();
        await CreateAsync(folder.File("s.db"));
        await StepsizeProcess.RunAsync(folder, "backup", "copy.db", "--db", "s.db");
        Spoil(folder, copy);

        var refused = await StepsizeProcess.RunAsync(folder, "restore", "copy.db", "--db", "s.db");
        var elsewhere = await StepsizeProcess.RunAsync(folder, "restore", "copy.db", "--db", "new.db");

        Assert.Equal((2, 2), (refused.ExitCode, elsewhere.ExitCode));
        Assert.Contains(expected, refused.Error, StringComparison.Ordinal);
        Assert.Equal(1L, Scalar(folder.File("s.db"), "SELECT COUNT(*) FROM Sweeps"));
        Assert.False(File.Exists(folder.File("new.db")));
        Assert.DoesNotContain(folder.Files(), f => f.Contains(".replaced-", StringComparison.Ordinal) || f.EndsWith(".part", StringComparison.Ordinal));
    }

    private static void Spoil(TemporaryFolder folder, string how)
    {
        var file = folder.File("copy.db");
        switch (how)
        {
            case "text":
                File.WriteAllText(file, "This is no database at all, but it is long enough to be taken for one by its length alone. " + new string('x', 8192));
                break;
            case "damaged":
                using (var stream = new FileStream(file, FileMode.Open))
                {
                    // Everything but the header.
                    stream.Position = 4096;
                    stream.Write(new byte[stream.Length - 4096]);
                }

                break;
            case "newer":
                Scalar(file, "INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Future', '99.0.0')");
                break;
            default:
                File.Delete(file);
                Scalar(file, "CREATE TABLE Other (x INTEGER)");
                break;
        }
    }

    private static SweepSpecification Sweep() => SpecificationReader.Parse(
        $$"""
        {
          "name": "Regression", "workload": "linreg-stochastic", "iterations": {{Iterations}}, "evaluateAtIterations": [100, 20000],
          "optimizers": [ { "id": "adagrad-norm", "values": [1, 10] }, { "id": "sgd-constant", "values": [0.0001, 0.01] } ]
        }
        """);

    private static ServiceProvider Services(string database) =>
        new ServiceCollection().AddStepsizeData(DatabaseOptions.Sqlite(database)).BuildServiceProvider();

    private static async Task<long> CreateAsync(string database)
    {
        await using var services = Services(database);
        await services.GetRequiredService<DatabaseSetup>().OpenAsync(Token);
        var id = await services.GetRequiredService<ISweepStore>().CreateAsync(Sweep(), Token);
        DatabaseOptions.Sqlite(database).CloseIdleConnections();
        return id;
    }

    private static async Task<int> MadeAsync(string database, long id)
    {
        await using var services = Services(database);
        return (await services.GetRequiredService<ISweepStore>().FindAsync(id, Token))!.Runs.Sum(r => r.Iterations);
    }

    private static async Task UntilAsync(StepsizeProcess worker, string database, Func<SweepDetail, bool> condition, long id)
    {
        await using var services = Services(database);
        var store = services.GetRequiredService<ISweepStore>();
        for (var watch = Stopwatch.StartNew(); !condition((await store.FindAsync(id, Token))!); await Task.Delay(20, Token))
        {
            Assert.False(worker.HasExited, $"The worker ended by itself: {worker.Error}");
            Assert.True(watch.Elapsed < Patience, "The worker makes no progress.");
        }
    }

    private static object? Scalar(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
