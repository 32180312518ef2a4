namespace Stepsize.Training.Datasets;

/// <summary>One form that a dataset can have on disk.</summary>
/// <param name="Name">Such as <c>binary</c>.</param>
/// <param name="Files">All that must be there.</param>
public sealed record DatasetLayout(string Name, IReadOnlyList<DatasetFile> Files)
{
    /// <summary>Whether a data folder holds every file.</summary>
    public bool IsIn(string root) => Files.All(f => f.FindIn(root) is not null);
}

/// <summary>A layout, and the data folder that holds all of it.</summary>
public sealed record LocatedDataset(DatasetLayout Layout, string Root)
{
    /// <summary>Full path of the file of that name, gzipped or not.</summary>
    /// <param name="name">Last part of the path in the layout.</param>
    public string this[string name] => Layout.Files.Single(f => f.Name == name).FindIn(Root)
        ?? throw new Faults.InvalidInputException("datasets", $"{name} was removed from {Root} while it was to be read; put it back.");
}
