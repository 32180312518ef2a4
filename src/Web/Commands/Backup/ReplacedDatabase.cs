using System.Globalization;
using Microsoft.Data.Sqlite;
using Stepsize.Data.Database;
using Stepsize.Training.Faults;
using Stepsize.Training.Files;

namespace Stepsize.Web.Commands.Backup;

/// <summary>Puts one SQLite file in the place of another that nobody uses, and keeps that one with its log under a name of its own.</summary>
internal static class ReplacedDatabase
{
    private static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    /// <returns>Where the database is kept that was there; null where there was none.</returns>
    /// <exception cref="InvalidInputException">A program has the database open. Nothing was changed.</exception>
    public static async Task<string?> ReplaceAsync(string database, string replacement, TimeProvider time, CancellationToken cancellation)
    {
        if (!File.Exists(database) || new FileInfo(database).Length == 0)
        {
            RemoveCompanions(database);
            File.Move(replacement, database, overwrite: true);
            return null;
        }

        await FoldLogAsync(database, cancellation);
        var kept = NameFor(database, time);
        foreach (var companion in Companions.Where(c => File.Exists(database + c)))
        {
            // Only of a database so damaged that its log could not be folded in.
            File.Move(database + companion, kept + companion);
        }

        if (!SecondName.TryGive(database, kept))
        {
            File.Move(database, kept);
        }

        File.Move(replacement, database, overwrite: true);
        return kept;
    }

    /// <summary>Writes the log into the file and removes it, for which SQLite wants the database for itself: so whoever else has it open is found out.</summary>
    private static async Task FoldLogAsync(string database, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadWrite;Pooling=False;Default Timeout=2");
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; COMMIT;";
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (SqliteException e) when (DatabaseFaults.MayPass(e))
        {
            throw new InvalidInputException("db", $"{database} is open in another program ({e.Message}); close that program and try again.");
        }
        catch (SqliteException)
        {
            // Damaged, which may be why it is replaced: kept as it is.
        }
    }

    private static string NameFor(string database, TimeProvider time)
    {
        var moment = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var (stem, extension) = (Path.ChangeExtension(database, null), Path.GetExtension(database));
        for (var attempt = 0; ; attempt++)
        {
            var name = $"{stem}.replaced-{moment}{(attempt == 0 ? "" : $"-{attempt}")}{extension}";
            if (!File.Exists(name))
            {
                return name;
            }
        }
    }

    private static void RemoveCompanions(string database)
    {
        foreach (var companion in Companions)
        {
            File.Delete(database + companion);
        }
    }
}
