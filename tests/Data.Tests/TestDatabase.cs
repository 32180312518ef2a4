using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stepsize.Data.Database;
using Stepsize.Data.Metrics;
using Stepsize.Data.Recording;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Tests.PostgreSql;

namespace Stepsize.Data.Tests;

/// <summary>A fresh database, removed afterwards, and the services over it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? _folder;
    private readonly string? _postgresDatabase;

    private TestDatabase(DatabaseOptions options, string? folder, string? postgresDatabase)
    {
        Options = options;
        _folder = folder;
        _postgresDatabase = postgresDatabase;
        Services = Build(options);
    }

    public DatabaseOptions Options { get; }

    public ManualTime Time { get; } = new();

    public ServiceProvider Services { get; private set; }

    public ISweepStore Store => Services.GetRequiredService<ISweepStore>();

    public ISweepLifecycle Lifecycle => Services.GetRequiredService<ISweepLifecycle>();

    public ISweepControl Control => Services.GetRequiredService<ISweepControl>();

    public IBin Bin => Services.GetRequiredService<IBin>();

    public ICurveReader Curves => Services.GetRequiredService<ICurveReader>();

    public IIterateReader Iterates => Services.GetRequiredService<IIterateReader>();

    public DatabasePatience Patience => Services.GetRequiredService<DatabasePatience>();

    public RecordingService Recording => Services.GetRequiredService<RecordingService>();

    /// <summary>Opened and upgraded.</summary>
    public static async Task<TestDatabase> CreateAsync(Provider provider = Provider.Sqlite, TimeSpan? busyTimeout = null)
    {
        var database = await CreateEmptyAsync(provider, busyTimeout);
        await database.Services.GetRequiredService<DatabaseSetup>().OpenAsync(Token);
        return database;
    }

    public static async Task<TestDatabase> CreateEmptyAsync(Provider provider = Provider.Sqlite, TimeSpan? busyTimeout = null)
    {
        var wait = busyTimeout ?? DatabaseOptions.DefaultBusyTimeout;
        if (provider == Provider.Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("stepsize-").FullName;
            return new TestDatabase(DatabaseOptions.Sqlite(Path.Combine(folder, "test.db")) with { BusyTimeout = wait }, folder, null);
        }

        var name = "stepsize_" + Guid.NewGuid().ToString("N");
        await ExecuteOnServerAsync($"CREATE DATABASE {name}");
        var connection = new NpgsqlConnectionStringBuilder(await SharedPostgres.ConnectionAsync()) { Database = name, Pooling = true, MaxPoolSize = 10 };
        return new TestDatabase(DatabaseOptions.PostgreSql(connection.ToString()) with { BusyTimeout = wait }, null, name);
    }

    /// <summary>Closes everything and opens the same database again, as a new start of the program does.</summary>
    public async Task RestartAsync()
    {
        await Services.DisposeAsync();
        Services = Build(Options);
        await Services.GetRequiredService<DatabaseSetup>().OpenAsync(Token);
    }

    internal T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    internal StepsizeContext OpenContext() => Services.GetRequiredService<IDbContextFactory<StepsizeContext>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        if (_folder is not null)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(_folder, recursive: true);
        }

        if (_postgresDatabase is not null)
        {
            await ExecuteOnServerAsync($"DROP DATABASE {_postgresDatabase} WITH (FORCE)");
        }
    }

    private static async Task ExecuteOnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await SharedPostgres.ConnectionAsync());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private ServiceProvider Build(DatabaseOptions options) =>
        new ServiceCollection().AddSingleton<TimeProvider>(Time).AddStepsizeData(options).BuildServiceProvider();
}
