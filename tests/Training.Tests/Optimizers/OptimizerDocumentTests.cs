using Stepsize.Training.Optimizers;
using Xunit;

namespace Stepsize.Training.Tests.Optimizers;

public sealed class OptimizerDocumentTests
{
    [Fact]
    public void Write_Registry_IsWhatDocsHold()
    {
        var path = Path.Combine(RepositoryFiles.Root, "docs", "optimizers.md");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, OptimizerDocument.Write());
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == OptimizerDocument.Write(),
            "docs/optimizers.md is not what the registry says: run the tests once with the environment variable UPDATE_DOCS=1 and commit the file.");
    }
}
