using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>Links a folder too large to copy into a data folder.</summary>
internal static class FolderLink
{
    /// <exception cref="InvalidInputException">The folder is not there or not what it must be, or the place is taken.</exception>
    public static LocatedDataset Create(Dataset dataset, string path, string root)
    {
        if (!Directory.Exists(path))
        {
            throw new InvalidInputException(FileFault.Field, $"{path} is no folder; give the unpacked folder of {dataset.Title}.");
        }

        var link = Path.Combine(root, dataset.Id);
        if (Path.Exists(link))
        {
            throw new InvalidInputException(FileFault.Field, $"{link} is there already; remove it first to use another folder.");
        }

        Directory.CreateDirectory(root);
        Directory.CreateSymbolicLink(link, Path.GetFullPath(path));
        try
        {
            dataset.Check(new DatasetFolders([root]));
        }
        catch (InvalidInputException)
        {
            Directory.Delete(link);
            throw;
        }

        return dataset.Require(new DatasetFolders([root]));
    }
}
