using Stepsize.Training.Faults;
using Stepsize.Web.Commands.Sweeps;
using Xunit;

namespace Stepsize.Web.Tests.Commands;

public class OutputFileTests
{
    [Fact]
    public void Commit_WriterThatFails_LeavesTheOldFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("out.json", "old");
        using (var output = new OutputFile(path))
        {
            Assert.Throws<InvalidOperationException>(() => output.Commit(stream =>
            {
                stream.Write("half"u8);
                throw new InvalidOperationException();
            }));
        }

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["out.json"], folder.Files());
    }

    [Fact]
    public void Commit_Written_ReplacesTheFile()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("out.json", "old and longer");
        using (var output = new OutputFile(path))
        {
            output.Commit(stream => stream.Write("new"u8));
        }

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["out.json"], folder.Files());
    }

    [Fact]
    public void Constructor_FolderThatIsNotThere_IsRefused()
    {
        using var folder = new TemporaryFolder();

        var fault = Assert.Single(Assert.Throws<InvalidInputException>(() => new OutputFile(folder.File("missing/out.json"))).Faults);

        Assert.Contains("does not exist", fault.Message, StringComparison.Ordinal);
    }
}
