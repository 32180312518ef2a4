using Microsoft.Data.Sqlite;
using SQLitePCL;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Database.Backup;

/// <summary>Copies a SQLite database page by page, as it is at one moment, while others go on reading and writing it.</summary>
public static class SqliteCopy
{
    /// <summary>Four megabytes a step: often enough for progress, seldom enough to cost nothing.</summary>
    private const int PagesPerStep = 1000;

    /// <param name="source">File of the database; opened to be read.</param>
    /// <param name="target">File to be filled; afterwards one file without a log beside it.</param>
    /// <param name="progress">Told the share of pages that is copied, from 0 to 1.</param>
    /// <exception cref="InvalidInputException">The source is no database, is damaged, or cannot be read; or there is no room for the copy.</exception>
    public static async Task CopyAsync(string source, string target, Action<double> progress, CancellationToken cancellation)
    {
        try
        {
            await using var from = Open(source, SqliteOpenMode.ReadOnly);
            await using var to = Open(target, SqliteOpenMode.ReadWriteCreate);

            // One state of the database for all steps: else each commit of others would begin the copy anew.
            await ExecuteAsync(from, "BEGIN; SELECT COUNT(*) FROM sqlite_master;", cancellation);
            await Task.Run(() => CopyPages(from, to, progress, cancellation), cancellation);
            await ExecuteAsync(to, "PRAGMA journal_mode = DELETE;", cancellation);
        }
        catch (SqliteException e)
        {
            throw new InvalidInputException("", DatabaseFaults.Describe(e, DatabaseOptions.Sqlite(source)) ?? $"{source} cannot be copied: {e.Message}");
        }
    }

    internal static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    internal static async Task<object?> ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellation);
    }

    private static void CopyPages(SqliteConnection from, SqliteConnection to, Action<double> progress, CancellationToken cancellation)
    {
        using var backup = raw.sqlite3_backup_init(to.Handle, "main", from.Handle, "main");
        if (backup is null || backup.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(to.Handle), to.Handle);
            return;
        }

        int code;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            code = raw.sqlite3_backup_step(backup, PagesPerStep);
            var all = raw.sqlite3_backup_pagecount(backup);
            progress(all == 0 ? 1 : 1 - ((double)raw.sqlite3_backup_remaining(backup) / all));
        }
        while (code == raw.SQLITE_OK);
        if (code != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(code, to.Handle);
        }
    }
}
