using Stepsize.Data.Database;
using Stepsize.Training.Faults;
using Stepsize.Training.Files;

namespace Stepsize.Web.Hosting;

/// <summary>
/// Held by a program that trains the sweeps of a SQLite file: two of them would train the same runs twice. It belongs to the file, by whatever name it was
/// opened: symbolic links are resolved before, and hard links meet at the file itself. Ends with the program, however that ends. A PostgreSQL database needs
/// none: its jobs are clustered.
/// </summary>
/// <remarks>
/// Two locks. One on a file beside the database, <c>….lock</c>, which also says who holds it. One on the database file itself, for its other names: on Linux
/// alone, where such a lock (flock) and those of SQLite (fcntl) do not know each other, and not on file systems of a network, where they do. The system
/// forgets all of SQLite's locks on a file when a process closes it anywhere, so that this one is opened before SQLite opens the file, and closed after.
/// </remarks>
internal sealed class DatabaseLock : IDisposable
{
    private static readonly string[] NetworkFileSystems = ["nfs", "cifs", "smb", "9p", "fuse", "ceph", "lustre", "afs"];

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] HeldCodes = [11, 35, unchecked((int)0x80070020)];

    private readonly DatabaseOptions _options;
    private readonly FileStream? _beside;
    private readonly FileStream? _itself;

    private DatabaseLock(DatabaseOptions options, FileStream? beside, FileStream? itself)
    {
        _options = options;
        _beside = beside;
        _itself = itself;
    }

    /// <summary>How every SQLite database begins (SQLite, Database File Format, section 1.3).</summary>
    private static ReadOnlySpan<byte> Header => "SQLite format 3\0"u8;

    /// <summary>Takes the lock before anything of this process has opened the database. The folder must be there; a file that is not is made, empty.</summary>
    /// <exception cref="InvalidInputException">Another program trains the sweeps of this database.</exception>
    public static DatabaseLock Take(DatabaseOptions options, TimeProvider time)
    {
        if (options.SqliteFile is not { } database)
        {
            return new DatabaseLock(options, null, null);
        }

        RefuseOtherFiles(database);
        var beside = TakeBeside(database, time);
        try
        {
            return new DatabaseLock(options, beside, TakeItself(database));
        }
        catch
        {
            beside.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_itself is not null)
        {
            _options.CloseIdleConnections();
            _itself.Dispose();
        }

        _beside?.Dispose();
    }

    /// <summary>What is no database at all gets no lock beside it. A file that cannot be read is left to the opening of the database, which says why.</summary>
    private static void RefuseOtherFiles(string database)
    {
        Span<byte> head = stackalloc byte[Header.Length];
        int read;
        try
        {
            using var file = new FileStream(database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }

        if (read > 0 && !head[..read].SequenceEqual(Header[..read]))
        {
            throw new InvalidInputException("", $"{database} is not a SQLite database; name another database file, or move this one away.");
        }
    }

    private static FileStream TakeBeside(string database, TimeProvider time)
    {
        var path = database + ".lock";
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            LockHolder.Sign(file, time);
            return file;
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw Held(database, LockedFile.ReadFirstLine(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException("db", $"{path} cannot be written ({e.Message}); make the folder writable, or name another file with --db.");
        }
    }

    /// <returns>Null where the file itself cannot be locked, or not even opened: opening the database says why.</returns>
    private static FileStream? TakeItself(string database)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return IsOnNetwork(database) ? null : new FileStream(database, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw Held(database, LockHolder.Find(database));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsHeld(IOException e) => HeldCodes.Contains(e.HResult);

    private static bool IsOnNetwork(string database)
    {
        var format = new DriveInfo(Path.GetDirectoryName(database)!).DriveFormat;
        return NetworkFileSystems.Any(name => format.StartsWith(name, StringComparison.OrdinalIgnoreCase));
    }

    private static InvalidInputException Held(string database, string holder) => new(
        "db",
        $"another stepsize program already trains the sweeps of {database}{(holder.Length > 0 ? $" ({holder})" : "")}; "
        + "use its pages, stop it, or name another file with --db.");
}
