using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>Brings files that a person has, in a folder, an archive or one by one, into a data folder.</summary>
public static class DatasetImporter
{
    /// <summary>Folders below the given one that are searched, and files looked at: a home folder given by mistake is not walked through.</summary>
    private const int Depth = 4;

    private const int MostFiles = 200_000;

    /// <param name="path">A folder, an archive, or a file of the dataset.</param>
    /// <param name="root">The data folder to put it into.</param>
    /// <returns>What is there now.</returns>
    /// <exception cref="InvalidInputException">The path is not there, or holds no complete and valid layout; nothing was changed.</exception>
    public static async Task<LocatedDataset> ImportAsync(
        Dataset dataset, string path, string root, IProgress<AcquisitionProgress>? progress, CancellationToken cancellation)
    {
        RegularFile.Require(path);
        try
        {
            if (dataset.IsLinked)
            {
                return FolderLink.Create(dataset, path, root);
            }

            using var staging = new StagingFolder(root);
            await StageAsync(dataset, path, staging.Path, progress, cancellation);
            return staging.Commit(dataset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(FileFault.Field, $"{dataset.Id} cannot be brought from {path} into {root} ({e.Message}); check both places.");
        }
    }

    /// <summary>Copies what belongs to the dataset.</summary>
    internal static async Task StageAsync(Dataset dataset, string path, string staging, IProgress<AcquisitionProgress>? progress, CancellationToken cancellation)
    {
        DatasetFile[] files = [.. dataset.Layouts.SelectMany(l => l.Files).Distinct()];
        if (Directory.Exists(path))
        {
            foreach (var found in Search(path))
            {
                await TakeAsync(files, found, staging, progress, cancellation);
            }
        }
        else if (!File.Exists(path))
        {
            throw new InvalidInputException(FileFault.Field, $"{path} does not exist; give a folder, an archive or a file of {dataset.Title}.");
        }
        else if (ArchiveUnpacker.IsArchive(path))
        {
            await ArchiveUnpacker.UnpackAsync(path, files, staging, progress, cancellation);
        }
        else
        {
            // A single file is meant as the dataset's only one, whatever its name.
            var only = dataset.Layouts[0].Files.Count == 1 ? dataset.Layouts[0].Files[0] : null;
            await TakeAsync(files, path, staging, progress, cancellation, only);
        }
    }

    private static async Task TakeAsync(
        IReadOnlyList<DatasetFile> files, string path, string staging, IProgress<AcquisitionProgress>? progress, CancellationToken cancellation, DatasetFile? otherwise = null)
    {
        var name = Path.GetFileName(path);
        if ((files.FirstOrDefault(f => f.IsNamed(name)) ?? otherwise) is not { } file)
        {
            return;
        }

        await using var source = BoundedFile.Open(path);
        await using var target = StagingFolder.Create(staging, file, isGzipped: name.EndsWith(".gz", StringComparison.Ordinal));
        await BoundedCopy.CopyAsync(
            source, target, file.MaximumBytes, path, done => progress?.Report(new AcquisitionProgress($"copying {name}", done, source.Length)), cancellation);
    }

    private static IEnumerable<string> Search(string folder)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = Depth,
            AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
            IgnoreInaccessible = true,
        };
        return Directory.EnumerateFiles(folder, "*", options).Take(MostFiles);
    }
}
