using Stepsize.Training.Datasets;

namespace Stepsize.Training.Tests;

/// <summary>Files of the repository that tests read.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static DatasetFolders Datasets { get; } = new([Path.Combine(Root, "datasets")]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Dashboard.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must run from within the repository.");
        }

        return folder.FullName;
    }
}
