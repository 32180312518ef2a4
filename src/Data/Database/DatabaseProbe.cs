using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Stepsize.Data.Database;

/// <summary>Asks whether the database can be read and written now, soon, and on a connection of its own.</summary>
public sealed class DatabaseProbe(DatabaseOptions options)
{
    /// <summary>Writers hold the lock for milliseconds; who holds it longer keeps others from writing.</summary>
    private const int PatienceSeconds = 2;

    /// <returns>Null where all is well, else a sentence.</returns>
    public async Task<string?> FindFaultAsync(CancellationToken cancellation)
    {
        try
        {
            if (options.SqliteFile is { } file && !File.Exists(file))
            {
                // Opening it would make an empty one.
                return $"The database {options.DisplayName} is not there any more; put it back, or restart with another.";
            }

            await using var connection = Open();
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandTimeout = PatienceSeconds;

            // With SQLite's lock for writing taken and given back: a database that another program keeps locked is as good as away.
            command.CommandText = options.IsSqlite
                ? "BEGIN IMMEDIATE; SELECT COUNT(*) FROM \"__EFMigrationsHistory\"; ROLLBACK;"
                : "SELECT COUNT(*) FROM \"__EFMigrationsHistory\"";
            await command.ExecuteScalarAsync(cancellation);
            return null;
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            return DatabaseFaults.Describe(e, options with { BusyTimeout = TimeSpan.FromSeconds(PatienceSeconds) }) ?? $"The database {options.DisplayName} cannot be used now.";
        }
    }

    private DbConnection Open() => options.IsSqlite
        ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = options.SqliteFile, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = PatienceSeconds }.ToString())
        : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.PostgreSqlConnection) { Timeout = PatienceSeconds, CommandTimeout = PatienceSeconds, Pooling = false }.ToString());
}
