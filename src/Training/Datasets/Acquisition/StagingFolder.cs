using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>
/// A folder beside the final one in which a dataset is put together and checked. Only then its files are moved, each by a renaming within the
/// same file system, so that training never sees half a file. What is left over is deleted.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    private readonly string _root;
    private readonly StagingLock _lock;

    /// <param name="root">The data folder; made when it is not there.</param>
    public StagingFolder(string root)
    {
        _root = root;
        Directory.CreateDirectory(root);
        _lock = StagingLock.Take(root);
        Directory.CreateDirectory(Path);
    }

    public string Path => _lock.Path;

    public static FileStream Create(string root, DatasetFile file, bool isGzipped)
    {
        var path = System.IO.Path.Combine(root, file.Path + (isGzipped ? ".gz" : ""));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
    }

    /// <summary>Reads the dataset as training would, and moves the layout that is complete to its place.</summary>
    /// <exception cref="InvalidInputException">Files are missing, or are not what they must be: nothing was changed.</exception>
    public LocatedDataset Commit(Dataset dataset)
    {
        var staged = new DatasetFolders([Path]);
        var layout = dataset.Locate(staged)?.Layout ?? throw Incomplete(dataset);
        try
        {
            dataset.Check(staged);
        }
        catch (InvalidInputException e)
        {
            // The staging folder is gone when the message is read; what matters is the name below it.
            throw new InvalidInputException([.. e.Faults.Select(f => f with { Message = f.Message.Replace(Path + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal) })], e.Unnamed);
        }

        foreach (var file in layout.Files)
        {
            var source = file.FindIn(Path)!;
            var target = System.IO.Path.Combine(_root, System.IO.Path.GetRelativePath(Path, source));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Move(source, target, overwrite: true);
        }

        return new LocatedDataset(layout, _root);
    }

    private InvalidInputException Incomplete(Dataset dataset)
    {
        var forms = dataset.Layouts.Select(l => string.Join(", ", l.Files.Where(f => f.FindIn(Path) is null).Select(f => f.Name)));
        return new InvalidInputException(
            Reading.FileFault.Field, $"{dataset.Title} is not complete there: {string.Join("; or, in another form, ", forms)} {(dataset.Layouts.Count == 1 && dataset.Layouts[0].Files.Count == 1 ? "is" : "are")} missing. Nothing was changed.");
    }

    public void Dispose() => _lock.Dispose();
}
