using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets;

/// <summary>
/// A collection of examples that workloads train on, as people see it: whose it is, what it may be used for, where it comes from, and which files
/// it has. One file each; listing it in <see cref="DatasetRegistry"/> puts it into the page, the command line and the checks. Training
/// never downloads: what is missing is fetched by "datasets get" or "datasets import".
/// </summary>
public abstract class Dataset
{
    /// <summary>Such as <c>cifar10</c>; also its folder below a data folder.</summary>
    public abstract string Id { get; }

    public abstract string Title { get; }

    /// <summary>Authors and year.</summary>
    public abstract string Authors { get; }

    /// <summary>Page that describes it, for people.</summary>
    public abstract string Home { get; }

    /// <summary>Licence or terms, in a few words.</summary>
    public abstract string Licence { get; }

    /// <summary>What it holds, in a sentence: examples, shapes, classes.</summary>
    public abstract string Summary { get; }

    /// <summary>Forms it can have on disk, the preferred first. One of them must be there in full.</summary>
    public abstract IReadOnlyList<DatasetLayout> Layouts { get; }

    /// <summary>Files to fetch, which together give the first layout; empty where it can only be imported.</summary>
    public virtual IReadOnlyList<DatasetDownload> Downloads => [];

    /// <summary>Why there is nothing to download, and where a person gets it; null where <see cref="Downloads"/> says it.</summary>
    public virtual string? HowToGet => null;

    /// <summary>Whether its files come with the program.</summary>
    public virtual bool Ships => false;

    /// <summary>Whether "datasets import" links a folder in place of copying it: for data too large to have twice.</summary>
    public virtual bool IsLinked => false;

    /// <summary>Reads the files that <paramref name="folders"/> has, all of them, as training would.</summary>
    /// <exception cref="InvalidInputException">A file is missing or is not what it must be.</exception>
    public abstract void Check(DatasetFolders folders);

    /// <summary>The layout that is there, and the data folder that holds it.</summary>
    /// <returns>Null where no layout is complete in one folder.</returns>
    public LocatedDataset? Locate(DatasetFolders folders)
    {
        foreach (var root in folders.Roots)
        {
            foreach (var layout in Layouts)
            {
                if (layout.IsIn(root))
                {
                    return new LocatedDataset(layout, root);
                }
            }
        }

        return null;
    }

    /// <summary>As <see cref="Locate"/>.</summary>
    /// <exception cref="InvalidInputException">It is not there: the message says what gets it.</exception>
    public LocatedDataset Require(DatasetFolders folders) => Locate(folders) ?? throw new InvalidInputException("datasets", Missing(folders));

    /// <summary>Which files are there now, by length and time of writing: another text where one was replaced. Empty where it is not here.</summary>
    internal string Stamp(DatasetFolders folders) => Locate(folders) is not { } located ? "" : string.Join(' ', located.Layout.Files
        .Select(f => f.FindIn(located.Root)).OfType<string>()
        .Select(path => FormattableString.Invariant($"{path} {(File.Exists(path) ? new FileInfo(path).Length : 0)} {File.GetLastWriteTimeUtc(path).Ticks}")));

    /// <summary>What is missing, and what to do, in two sentences.</summary>
    private string Missing(DatasetFolders folders)
    {
        var searched = folders.Roots.Count == 0 ? "there is no data folder" : "searched: " + string.Join(", ", folders.Roots);
        var files = string.Join(", ", Layouts[0].Files.Select(f => f.Path));
        var get = Downloads.Count > 0
            ? $"Get it with \"datasets get {Id}\", or bring files you have with \"datasets import {Id} PATH\"."
            : $"{HowToGet} Then bring it in with \"datasets import {Id} PATH\".";
        return $"{Title} is not on this machine: {files} {(Layouts[0].Files.Count == 1 ? "is" : "are")} in no data folder ({searched}). {get}";
    }
}
