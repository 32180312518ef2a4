using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Stepsize.Data.Database;

/// <summary>Turns what a database driver throws into one sentence that says what to do about it.</summary>
public static class DatabaseFaults
{
    // Result codes of SQLite, https://sqlite.org/rescode.html.
    private const int Error = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int NotADatabase = 26;

    /// <summary>
    /// Classes of PostgreSQL's codes, https://www.postgresql.org/docs/current/errcodes-appendix.html: connections, resources, an operator's intervention,
    /// the system's errors.
    /// </summary>
    private static readonly string[] PassingClasses = ["08", "53", "57P", "58"];

    /// <returns>Null for what is no fault of the database's surroundings, such as a mistake in the program.</returns>
    public static string? Describe(Exception exception, DatabaseOptions options)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            var sentence = e switch
            {
                // Only where the file was moved away meanwhile: the program makes its tables before it asks for them.
                SqliteException { SqliteErrorCode: Error } missing when missing.Message.Contains("no such table", StringComparison.Ordinal) =>
                    $"The database {options.DisplayName} is not there any more; put it back, or restart with another.",
                SqliteException sqlite => Describe(sqlite.SqliteErrorCode, options),
                PostgresException postgres => Describe(postgres, options),
                NpgsqlException or SocketException =>
                    $"The PostgreSQL server of {options.DisplayName} does not answer ({e.Message}); check that it runs and that the connection string is right.",
                UnauthorizedAccessException =>
                    $"The folder of {options.DisplayName} cannot be written to; make it writable, or name another database file.",
                _ => null,
            };
            if (sentence is not null)
            {
                return sentence;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the fault may pass by itself or by what a person does meanwhile: the database is locked, full, read-only or away. A damaged one, or another
    /// program's file, does not mend by waiting.
    /// </summary>
    public static bool MayPass(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is SqliteException { SqliteErrorCode: Busy or Locked or ReadOnly or InputOutput or Full or CannotOpen or Protocol }
                or PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction }
                or PostgresException { IsTransient: true }
                or SocketException)
            {
                return true;
            }

            if (e is PostgresException postgres)
            {
                return PassingClasses.Any(c => postgres.SqlState.StartsWith(c, StringComparison.Ordinal));
            }

            if (e is NpgsqlException)
            {
                return true; // The server did not answer, or not to the end.
            }
        }

        return false;
    }

    /// <summary>Whether two transactions waited for each other, and this one was undone: the other goes on, and this one may be begun again.</summary>
    public static bool IsCollision(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure })
            {
                return true;
            }
        }

        return false;
    }

    internal static bool IsLocked(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is SqliteException { SqliteErrorCode: Busy or Locked } or PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
            {
                return true;
            }
        }

        return false;
    }

    private static string? Describe(int code, DatabaseOptions options)
    {
        var file = options.DisplayName;
        return code switch
        {
            Busy or Locked =>
                $"The database {file} stayed locked by another program for {options.BusyTimeout.TotalSeconds:0.#} s; close that program, or name another database file.",
            ReadOnly =>
                $"The database {file} can be read but not written; make the file and its folder writable, or name another database file.",
            CannotOpen =>
                $"The database {file} cannot be opened; make the file and its folder writable, or name another database file.",
            NotADatabase => $"{file} is not a SQLite database; name another database file, or move this one away.",
            Corrupt => $"The database {file} is damaged; restore it from a copy, or move it away to start with an empty one.",
            Full => $"There is no room left to write the database {file}; make room on its disk.",
            InputOutput => $"The disk of the database {file} reports an error or is full; check the disk.",
            _ => null,
        };
    }

    private static string? Describe(PostgresException e, DatabaseOptions options) => e.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => $"There is no PostgreSQL database {options.DisplayName}; create it first.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"PostgreSQL refuses the user of {options.DisplayName} ({e.MessageText}); check user and password in the connection string.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"The PostgreSQL user may not change {options.DisplayName} ({e.MessageText}); grant it the right to create and write tables.",
        PostgresErrorCodes.DiskFull => $"There is no room left on the disk of {options.DisplayName}; make room on it.",
        PostgresErrorCodes.LockNotAvailable =>
            $"The database {options.DisplayName} stayed locked by another program for {options.BusyTimeout.TotalSeconds:0.#} s; close that program.",
        PostgresErrorCodes.TooManyConnections => $"{options.DisplayName} has no connection left; raise max_connections, or close other programs.",
        _ => null,
    };
}
