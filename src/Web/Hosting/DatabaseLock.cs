using Stepsize.Data.Database;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Hosting;

/// <summary>
/// Held by a program that trains the sweeps of a SQLite file: two of them would train the same runs twice. Lies beside the database as
/// <c>….lock</c> and ends with the program, however that ends. A PostgreSQL database needs none: its jobs are clustered.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream? _file;

    private DatabaseLock(FileStream? file) => _file = file;

    /// <exception cref="InvalidInputException">Another program trains the sweeps of this database.</exception>
    public static DatabaseLock Take(DatabaseOptions options)
    {
        if (options.SqliteFile is not { } database)
        {
            return new DatabaseLock(null);
        }

        var path = database + ".lock";
        try
        {
            return new DatabaseLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new InvalidInputException(
                "db", $"another stepsize program already trains the sweeps of {database}; use its pages, stop it, or name another file with --db.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException("db", $"{path} cannot be written ({e.Message}); make the folder writable, or name another file with --db.");
        }
    }

    public void Dispose() => _file?.Dispose();
}
