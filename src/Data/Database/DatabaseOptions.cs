using Microsoft.Data.Sqlite;
using Npgsql;
using Stepsize.Training.Faults;
using Stepsize.Training.Files;

namespace Stepsize.Data.Database;

/// <summary>Which database to use: a SQLite file, or PostgreSQL by connection string.</summary>
public sealed record DatabaseOptions
{
    /// <summary>Configuration section that the web program binds.</summary>
    public const string Section = "Database";

    /// <summary>How long a writer waits for another program's lock before it gives up.</summary>
    public static readonly TimeSpan DefaultBusyTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Setting of PostgreSQL: a program that is frozen or cut off in the middle of a transaction keeps what it has locked no longer than this, in milliseconds.
    /// </summary>
    private const string IdleLimit = "idle_in_transaction_session_timeout";

    private const int IdleMilliseconds = 10_000;

    private DatabaseOptions(string? file, string? postgres)
    {
        SqliteFile = file;
        PostgreSqlConnection = postgres;
    }

    /// <summary>
    /// Full path of the SQLite file, without symbolic links: whatever name it was given by, and however a link changes later, this is the file that log, lock
    /// and jobs lie beside. Null for PostgreSQL.
    /// </summary>
    public string? SqliteFile { get; }

    /// <summary>Npgsql connection string; null for SQLite.</summary>
    public string? PostgreSqlConnection { get; }

    /// <summary>Whole seconds count; at least one.</summary>
    public TimeSpan BusyTimeout { get; init; } = DefaultBusyTimeout;

    public bool IsSqlite => SqliteFile is not null;

    /// <summary>What messages call it: the file, or host and database without any password.</summary>
    public string DisplayName
    {
        get
        {
            if (SqliteFile is not null)
            {
                return SqliteFile;
            }

            var parts = new NpgsqlConnectionStringBuilder(PostgreSqlConnection);
            return $"{parts.Database ?? parts.Username} on {parts.Host}";
        }
    }

    internal string SqliteConnection => new SqliteConnectionStringBuilder
    {
        DataSource = SqliteFile,
        ForeignKeys = true,
        DefaultTimeout = Math.Max(1, (int)Math.Ceiling(BusyTimeout.TotalSeconds)),
    }.ToString();

    /// <summary>A SQLite file, made on first use.</summary>
    /// <exception cref="InvalidInputException">The path leads nowhere, for its symbolic links go in a circle.</exception>
    public static DatabaseOptions Sqlite(string file)
    {
        try
        {
            return new(ResolvedPath.Of(file), null);
        }
        catch (IOException e)
        {
            throw new InvalidInputException("", $"{e.Message} Name another database file.");
        }
    }

    /// <summary>
    /// Closes the connections that are kept open for later. One that was opened while the disk could not be written stays read-only, and the system's locks
    /// end with them.
    /// </summary>
    public void CloseIdleConnections()
    {
        if (IsSqlite)
        {
            using var connection = new SqliteConnection(SqliteConnection);
            Microsoft.Data.Sqlite.SqliteConnection.ClearPool(connection);
        }
    }

    /// <exception cref="InvalidInputException">It is not a connection string.</exception>
    public static DatabaseOptions PostgreSql(string connection)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connection);
            if (parts.Options is null || !parts.Options.Contains(IdleLimit, StringComparison.Ordinal))
            {
                parts.Options = $"{parts.Options} -c {IdleLimit}={IdleMilliseconds}".Trim();
            }

            return new(null, parts.ToString());
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new InvalidInputException(
                "", $"This is not a PostgreSQL connection string ({e.Message}); write it like Host=db;Database=stepsize;Username=me;Password=secret.");
        }
    }

    /// <summary>What a person gives as the database: a connection string that names a host, else the path of a SQLite file.</summary>
    /// <exception cref="InvalidInputException">It is empty, or names a host but is not a connection string.</exception>
    public static DatabaseOptions Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InvalidInputException("", "The database is not named; give the path of a SQLite file, or a PostgreSQL connection string with Host=.");
        }

        var namesHost = text.Split(';').Any(part => part.TrimStart().StartsWith("Host=", StringComparison.OrdinalIgnoreCase)
            || part.TrimStart().StartsWith("Server=", StringComparison.OrdinalIgnoreCase));
        return namesHost ? PostgreSql(text) : Sqlite(text);
    }
}
