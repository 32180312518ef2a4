namespace Stepsize.Training.Datasets;

/// <summary>Where data files are looked for: a folder that the user's setting names first, then the one that ships with the program.</summary>
/// <param name="Roots">Folders in order of preference.</param>
public sealed record DatasetFolders(IReadOnlyList<string> Roots)
{
    /// <summary>Full path of the first root that holds the file, or null.</summary>
    /// <param name="relativePath">Such as <c>mnist/train-images-idx3-ubyte.gz</c>.</param>
    public string? Find(string relativePath) =>
        Roots.Select(root => Path.Combine(root, relativePath)).FirstOrDefault(File.Exists);
}
