using Stepsize.Data.Database;

namespace Stepsize.Web.Jobs;

/// <summary>
/// Where the scheduler keeps its tables: beside the SQLite file in one of its own, so that its many small writes never wait for a large one of
/// training; on PostgreSQL in the same database.
/// </summary>
internal sealed record JobStoreOptions(DatabaseOptions Database)
{
    /// <summary>Sweeps that train at the same time, taking turns on the training threads; others wait.</summary>
    public const int MaxSweepsAtOnce = 16;

    /// <summary><c>stepsize.db</c> has <c>stepsize.jobs.db</c>.</summary>
    public static JobStoreOptions Beside(DatabaseOptions database) => new(
        database.SqliteFile is { } file ? DatabaseOptions.Sqlite(Path.ChangeExtension(file, ".jobs" + Path.GetExtension(file))) : database);
}
