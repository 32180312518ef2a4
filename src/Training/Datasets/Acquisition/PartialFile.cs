using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>A download as far as it has come, in a file that later attempts go on from.</summary>
internal sealed class PartialFile(string path, DatasetDownload download)
{
    public DatasetDownload Download => download;

    /// <summary>Bytes that are there.</summary>
    public long Length => File.Exists(path) ? new FileInfo(path).Length : 0;

    public bool IsComplete => Length == download.Bytes;

    /// <summary>The file, to write on at its end.</summary>
    public FileStream Open() => new(path, FileMode.Append, FileAccess.Write, FileShare.None);

    public void Restart() => File.Delete(path);

    /// <exception cref="InvalidInputException">The bytes are not those that were announced; they are deleted.</exception>
    public async Task VerifyAsync(CancellationToken cancellation)
    {
        var actual = await BoundedCopy.ChecksumAsync(path, cancellation);
        if (actual != download.Sha256)
        {
            Restart();
            throw new InvalidInputException(
                FileFault.Field, $"{download.Name} came with the SHA-256 {actual} where {download.Sha256} was expected; it was deleted. Try again, or bring the original with \"datasets import\".");
        }
    }

    /// <summary>Moves the file under its own name, by which its format is known.</summary>
    /// <returns>Full path.</returns>
    public string Complete(string folder)
    {
        var target = Path.Combine(folder, download.Name);
        File.Move(path, target, overwrite: true);
        return target;
    }
}
