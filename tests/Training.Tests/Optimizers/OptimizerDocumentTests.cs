using Stepsize.Training.Optimizers;
using Xunit;

namespace Stepsize.Training.Tests.Optimizers;

public sealed class OptimizerDocumentTests
{
    [Fact]
    public void Write_Registry_IsWhatDocsHold()
    {
        var path = Path.Combine(RepositoryFolder(), "docs", "optimizers.md");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, OptimizerDocument.Write());
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == OptimizerDocument.Write(),
            "docs/optimizers.md is not what the registry says: run the tests once with the environment variable UPDATE_DOCS=1 and commit the file.");
    }

    private static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dashboard.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run from inside the repository: no folder above has Dashboard.sln.");
    }
}
