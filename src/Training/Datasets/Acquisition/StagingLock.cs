namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>
/// A file beside what is being brought in, locked for as long as somebody works there: <c>.incoming-x.lock</c> for the folder or file <c>.incoming-x</c>. The
/// system releases the lock of a program that was killed, so what lies beside a lock that is free belongs to nobody.
/// </summary>
internal sealed class StagingLock : IDisposable
{
    public const string Prefix = ".incoming-";
    private const string Suffix = ".lock";

    private readonly FileStream _held;

    private StagingLock(string path, FileStream held)
    {
        Path = path;
        _held = held;
    }

    /// <summary>Of what is to be made; not made here.</summary>
    public string Path { get; }

    /// <summary>A name of its own in the folder, held. The lock is there before anything else is.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static StagingLock Take(string folder)
    {
        var path = System.IO.Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}");
        return new StagingLock(path, Open(path));
    }

    /// <summary>Deletes what killed programs left in the folder; what is being brought in now stays.</summary>
    /// <returns>How many were deleted.</returns>
    public static int ClearAbandoned(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        var cleared = 0;
        var names = Directory.EnumerateFileSystemEntries(folder, Prefix + "*")
            .Select(path => path.EndsWith(Suffix, StringComparison.Ordinal) ? path[..^Suffix.Length] : path).Distinct(StringComparer.Ordinal).ToList();
        foreach (var path in names)
        {
            try
            {
                using var abandoned = new StagingLock(path, Open(path));
                cleared++;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use, or somebody else's: both stay.
            }
        }

        return cleared;
    }

    /// <summary>Deletes what was made, and the lock.</summary>
    public void Dispose()
    {
        try
        {
            if (Directory.Exists(Path))
            {
                Directory.Delete(Path, recursive: true);
            }
            else
            {
                File.Delete(Path);
            }

            File.Delete(Path + Suffix);
        }
        finally
        {
            _held.Dispose();
        }
    }

    private static FileStream Open(string path) => new(path + Suffix, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
