using System.IO.Compression;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>
/// Takes the files of a dataset out of an archive (.tar, .tar.gz, .tgz, .zip). Only files whose names are known are written, under names and
/// with lengths that the dataset gives, so nothing in an archive can choose a place or fill a disk.
/// </summary>
internal static class ArchiveUnpacker
{
    /// <summary>What may lie beside the wanted files.</summary>
    private const long Surplus = 64L << 20;

    public static bool IsArchive(string name) =>
        name.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <param name="files">All that could be wanted, of any layout.</param>
    /// <param name="root">Folder to write below.</param>
    /// <exception cref="InvalidInputException">The archive is damaged, or a file in it is larger than it may be.</exception>
    public static async Task UnpackAsync(
        string path, IReadOnlyList<DatasetFile> files, string root, IProgress<AcquisitionProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            await using var archive = BoundedFile.Open(path);
            if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                await UnzipAsync(archive, path, files, root, cancellation);
            }
            else
            {
                await UntarAsync(archive, path, files, root, progress, cancellation);
            }
        }
        catch (InvalidDataException)
        {
            throw FileFault.At(path, 0, "the archive cannot be unpacked: it is damaged or cut short");
        }
        catch (EndOfStreamException)
        {
            throw FileFault.At(path, 0, "the archive ends too early");
        }
    }

    private static async Task UntarAsync(
        FileStream archive, string path, IReadOnlyList<DatasetFile> files, string root, IProgress<AcquisitionProgress>? progress, CancellationToken cancellation)
    {
        await using Stream content = path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) ? archive : new GZipStream(archive, CompressionMode.Decompress);
        var tar = new TarReader(content, path, files.Sum(f => f.MaximumBytes) + Surplus);
        while (await tar.NextAsync(cancellation) is var (name, length))
        {
            progress?.Report(new AcquisitionProgress($"unpacking {Path.GetFileName(path)}", archive.Position, archive.Length));
            if (Wanted(files, name) is { } file)
            {
                RequireLength(path, name, length, file);
                await using var target = Create(root, file, name);
                await tar.CopyAsync(target, length, cancellation);
            }
        }
    }

    private static async Task UnzipAsync(FileStream archive, string path, IReadOnlyList<DatasetFile> files, string root, CancellationToken cancellation)
    {
        ZipEntries.Check(archive, path);
        using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
        {
            if (Wanted(files, entry.FullName) is { } file)
            {
                RequireLength(path, entry.FullName, entry.Length, file);
                await using var content = entry.Open();
                await using var target = Create(root, file, entry.FullName);
                await BoundedCopy.CopyAsync(content, target, file.MaximumBytes, path, copied: null, cancellation);
            }
        }
    }

    private static DatasetFile? Wanted(IReadOnlyList<DatasetFile> files, string name)
    {
        var last = name.Split('/', '\\')[^1];
        return files.FirstOrDefault(f => f.IsNamed(last));
    }

    private static void RequireLength(string path, string name, long length, DatasetFile file)
    {
        if (length > file.MaximumBytes)
        {
            throw FileFault.At(path, 0, $"{Path.GetFileName(name)} in it has {length} bytes, but may have no more than {file.MaximumBytes}");
        }
    }

    private static FileStream Create(string root, DatasetFile file, string name) => StagingFolder.Create(root, file, isGzipped: name.EndsWith(".gz", StringComparison.Ordinal));
}
