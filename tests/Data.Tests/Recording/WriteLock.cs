using Microsoft.Data.Sqlite;

namespace Stepsize.Data.Tests.Recording;

/// <summary>Another program that writes to the database, and keeps everybody else from it.</summary>
internal static class WriteLock
{
    /// <returns>Dispose to release the lock.</returns>
    public static async Task<SqliteConnection> TakeAsync(TestDatabase database)
    {
        var connection = new SqliteConnection($"Data Source={database.Options.SqliteFile};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }
}
