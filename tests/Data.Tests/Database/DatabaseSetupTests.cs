using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Database;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Tests.Database;

public sealed class DatabaseSetupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stepsize-").FullName;

    private string DatabaseFile => Path.Combine(_folder, "test.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Open_FolderDoesNotExist_MakesItAndTheDatabase()
    {
        var file = Path.Combine(_folder, "new", "deep", "test.db");

        await OpenAsync(file);

        Assert.True(File.Exists(file));
        Assert.Equal("wal", Scalar(file, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Open_EmptyFile_MakesTheDatabase()
    {
        await File.WriteAllBytesAsync(DatabaseFile, [], Token);

        await OpenAsync(DatabaseFile);

        Assert.Equal("1", Scalar(DatabaseFile, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'Sweeps'"));
    }

    [Fact]
    public async Task Open_PathIsAFolder_NamesAFileInIt()
    {
        var message = await RefusalAsync(_folder);

        Assert.Equal($"{_folder} is a folder; name a database file in it, such as {Path.Combine(_folder, "stepsize.db")}.", message);
    }

    [Fact]
    public async Task Open_FolderCannotBeMade_SaysSo()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "not a folder", Token);

        var message = await RefusalAsync(Path.Combine(_folder, "file", "test.db"));

        Assert.Contains("cannot be made", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public async Task Open_ReadOnlyFolder_SaysHowToMendIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Uses a folder in which nobody, not even root, can make files.");

        var message = await RefusalAsync($"/proc/{Environment.ProcessId}/test.db");

        Assert.Equal($"The database /proc/{Environment.ProcessId}/test.db cannot be opened; make the file and its folder writable, or name another database file.", message);
    }

    [Fact]
    public async Task Open_ReadOnlyFile_SaysHowToMendIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "Root writes to read-only files.");
        await OpenAsync(DatabaseFile);
        SqliteConnection.ClearAllPools();
        Execute(DatabaseFile, "DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%Checkpoints'; DROP TABLE Checkpoints; DROP TABLE IterateChunks;");
        SqliteConnection.ClearAllPools();
        new FileInfo(DatabaseFile).IsReadOnly = true;

        Assert.Contains("writable", await RefusalAsync(DatabaseFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NotADatabase_RefusesAndLeavesItAlone()
    {
        var text = string.Concat(Enumerable.Repeat("this is a letter, not a database. ", 100));
        await File.WriteAllTextAsync(DatabaseFile, text, Token);

        var message = await RefusalAsync(DatabaseFile);

        Assert.Equal($"{DatabaseFile} is not a SQLite database; name another database file, or move this one away.", message);
        Assert.Equal(text, await File.ReadAllTextAsync(DatabaseFile, Token));
    }

    [Fact]
    public async Task Open_DatabaseOfAnotherProgram_RefusesAndLeavesItAlone()
    {
        Execute(DatabaseFile, "CREATE TABLE Songs (Title TEXT)");
        SqliteConnection.ClearAllPools();
        var before = await File.ReadAllBytesAsync(DatabaseFile, Token);

        var message = await RefusalAsync(DatabaseFile);

        Assert.Equal($"The database {DatabaseFile} belongs to another program; name another database file.", message);
        Assert.Equal(before, await File.ReadAllBytesAsync(DatabaseFile, Token));
    }

    [Fact]
    public async Task Open_NewerSchema_NamesTheUnknownMigration()
    {
        await OpenAsync(DatabaseFile);
        Execute(DatabaseFile, "INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Future', '99.0.0')");

        var message = await RefusalAsync(DatabaseFile);

        Assert.Equal(
            $"The database {DatabaseFile} was made by a newer version of this program (it has 99990101000000_Future); start that version, or name another database.",
            message);
    }

    [Fact]
    public async Task Open_LockedDatabase_WaitsThenSaysSo()
    {
        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE Held (Id INTEGER)";
        command.ExecuteNonQuery();

        var message = await RefusalAsync(DatabaseFile);

        Assert.Equal($"The database {DatabaseFile} stayed locked by another program for 1 s; close that program, or name another database file.", message);
    }

    [Fact]
    public async Task Open_UpgradeFailsHalfway_LeavesTheDatabaseAsItWas()
    {
        await OpenAsync(DatabaseFile);
        Execute(
            DatabaseFile,
            "DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%Checkpoints'; DROP TABLE Checkpoints;"); // IterateChunks is in the way of the second statement.

        await Assert.ThrowsAsync<SqliteException>(() => OpenAsync(DatabaseFile));

        Assert.Equal("0", Scalar(DatabaseFile, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'Checkpoints'"));
        Assert.Equal("0", Scalar(DatabaseFile, "SELECT COUNT(*) FROM __EFMigrationsHistory WHERE MigrationId LIKE '%Checkpoints'"));
    }

    [Fact]
    public async Task Open_Twice_DoesNothingTheSecondTime()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.Services.GetRequiredService<DatabaseSetup>().OpenAsync(Token);

        await using var context = database.OpenContext();
        Assert.Equal(context.Database.GetMigrations(), await context.Database.GetAppliedMigrationsAsync(Token));
    }

    [Fact]
    public async Task Open_PostgreSqlServerDoesNotAnswer_SaysSo()
    {
        var options = DatabaseOptions.PostgreSql("Host=127.0.0.1;Port=1;Database=stepsize;Username=me;Password=secret;Timeout=2");

        var message = await RefusalAsync(options);

        Assert.StartsWith("The PostgreSQL server of stepsize on 127.0.0.1 does not answer", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    private static Task OpenAsync(string file) => OpenAsync(DatabaseOptions.Sqlite(file) with { BusyTimeout = TimeSpan.FromSeconds(1) });

    private static async Task OpenAsync(DatabaseOptions options)
    {
        await using var services = new ServiceCollection().AddStepsizeData(options).BuildServiceProvider();
        await services.GetRequiredService<DatabaseSetup>().OpenAsync(Token);
    }

    private static Task<string> RefusalAsync(string file) => RefusalAsync(DatabaseOptions.Sqlite(file) with { BusyTimeout = TimeSpan.FromSeconds(1) });

    private static async Task<string> RefusalAsync(DatabaseOptions options) =>
        (await Assert.ThrowsAsync<InvalidInputException>(() => OpenAsync(options))).Message;

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Scalar(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!.ToString()!;
    }
}
