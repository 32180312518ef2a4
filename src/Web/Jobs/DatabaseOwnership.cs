using Stepsize.Data.Database;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Jobs;

/// <summary>
/// Keeps two programs from training the sweeps of one SQLite file: a file beside it that the operating system locks, and unlocks however the program ends.
/// On PostgreSQL the scheduler's cluster shares the work instead.
/// </summary>
internal sealed class DatabaseOwnership(DatabaseOptions options) : IDisposable
{
    private FileStream? _lock;

    /// <exception cref="InvalidInputException">Another program has it.</exception>
    public void Take()
    {
        if (options.SqliteFile is not { } file)
        {
            return;
        }

        try
        {
            _lock = new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new InvalidInputException("", $"Another program trains the sweeps of the database {file}; stop it, or name another database file.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new InvalidInputException("", $"{file}.lock cannot be written; make it and its folder writable, or name another database file.");
        }
    }

    public void Dispose() => _lock?.Dispose();
}
