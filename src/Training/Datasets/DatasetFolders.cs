using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets;

/// <summary>Where data files are looked for: the user's folder first, then the one that ships with the program.</summary>
/// <param name="Roots">Folders in order of preference; they need not exist.</param>
public sealed record DatasetFolders(IReadOnlyList<string> Roots)
{
    /// <summary>Name of the shipped folder.</summary>
    public const string FolderName = "datasets";

    /// <summary>The user's folder where no setting names another, below the folder that the program is started in.</summary>
    public const string UserFolder = "data/datasets";

    /// <summary>Where datasets that are fetched or imported go.</summary>
    public string Writable => Roots[0];

    /// <summary>
    /// The setting's folder, or <see cref="UserFolder"/>, then the shipped one: beside the program, where a build or a publication puts it, or in the nearest folder
    /// above, where a repository has it.
    /// </summary>
    /// <param name="setting">Null or empty for <see cref="UserFolder"/>.</param>
    /// <exception cref="InvalidInputException">The setting names a folder that is not there.</exception>
    public static DatasetFolders Standard(string? setting = null)
    {
        var roots = new List<string>();
        if (string.IsNullOrWhiteSpace(setting))
        {
            roots.Add(Path.GetFullPath(UserFolder));
        }
        else
        {
            if (!Directory.Exists(setting))
            {
                throw new InvalidInputException("data", $"the data folder \"{setting}\" does not exist; create it, or leave the setting out to use {UserFolder} and the data that ships with the program.");
            }

            roots.Add(Path.GetFullPath(setting));
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shipped = Path.Combine(folder.FullName, FolderName);
            if (Directory.Exists(Path.Combine(shipped, "mnist")))
            {
                roots.Add(shipped);
                break;
            }
        }

        return new DatasetFolders(roots);
    }

    /// <summary>Full path of the first root that holds the file, or null.</summary>
    /// <param name="relativePath">Such as <c>mnist/train-images-idx3-ubyte.gz</c>.</param>
    public string? Find(string relativePath) =>
        Roots.Select(root => Path.Combine(root, relativePath)).FirstOrDefault(File.Exists);
}
