using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Database.Backup;

/// <summary>What a database file holds, once it is checked to be whole and of this program.</summary>
/// <param name="IsOlder">Whether an older version made it: the next start upgrades it.</param>
public sealed record StoredContent(long Sweeps, long Runs, bool IsOlder)
{
    /// <summary>Reads every page of a file that nobody else uses.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="InvalidInputException">It is damaged, belongs to another program, or was made by a newer version of this one.</exception>
    public static async Task<StoredContent> CheckAsync(string file, string name, CancellationToken cancellation)
    {
        try
        {
            await using var connection = SqliteCopy.Open(file, SqliteOpenMode.ReadWrite);
            if (await SqliteCopy.ExecuteAsync(connection, "PRAGMA integrity_check(1);", cancellation) is not "ok" and var fault)
            {
                throw new InvalidInputException("", $"{name} is damaged ({fault}); take another copy.");
            }

            var isOlder = await IsOlderAsync(connection, name, cancellation);
            return new StoredContent(
                (long)(await SqliteCopy.ExecuteAsync(connection, "SELECT COUNT(*) FROM Sweeps;", cancellation))!,
                (long)(await SqliteCopy.ExecuteAsync(connection, "SELECT COUNT(*) FROM Runs;", cancellation))!,
                isOlder);
        }
        catch (SqliteException e)
        {
            throw new InvalidInputException("", $"{name} is not a database that can be used ({e.Message}); take another copy.");
        }
    }

    private static async Task<bool> IsOlderAsync(SqliteConnection connection, string name, CancellationToken cancellation)
    {
        var builder = new DbContextOptionsBuilder<StepsizeContext>();
        builder.UseSqlite(connection);
        await using var context = new StepsizeContext(builder.Options);
        const string History = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsHistory';";
        string[] applied = await SqliteCopy.ExecuteAsync(connection, History, cancellation) is 0L
            ? []
            : [.. await context.Database.GetAppliedMigrationsAsync(cancellation)];
        var known = context.Database.GetMigrations().ToArray();
        if (applied.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new InvalidInputException("", $"{name} was made by a newer version of this program (it has {unknown}); use that version.");
        }

        return applied.Length == 0
            ? throw new InvalidInputException("", $"{name} holds no sweeps of this program; name a database of a dashboard.")
            : applied.Length < known.Length;
    }
}
