using System.Diagnostics;
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

    [Fact]
    public void Commit_SymbolicLinks_WritesTheFileTheyLeadTo()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("elsewhere"));
        var target = folder.Write("elsewhere/target.json", "old");
        File.CreateSymbolicLink(folder.File("second.json"), "elsewhere/target.json");
        File.CreateSymbolicLink(folder.File("out.json"), folder.File("second.json"));
        using (var output = new OutputFile(folder.File("out.json")))
        {
            output.Commit(stream => stream.Write("new"u8));
        }

        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal(folder.File("second.json"), new FileInfo(folder.File("out.json")).LinkTarget);
        Assert.Equal("elsewhere/target.json", new FileInfo(folder.File("second.json")).LinkTarget);
        Assert.Equal(["target.json"], Directory.GetFiles(folder.File("elsewhere")).Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public void Commit_LinkToAFileThatIsNotThere_MakesIt()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("out.json"), "target.json");
        using (var output = new OutputFile(folder.File("out.json")))
        {
            Assert.False(File.Exists(folder.File("target.json")));
            output.Commit(stream => stream.Write("new"u8));
        }

        Assert.Equal("new", File.ReadAllText(folder.File("target.json")));
        Assert.Equal("target.json", new FileInfo(folder.File("out.json")).LinkTarget);
    }

    [Fact]
    public void Commit_FileThatOthersMayNotRead_StaysSo()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // It has no such modes.
        }

        using var folder = new TemporaryFolder();
        var path = folder.Write("out.json", "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var output = new OutputFile(path))
        {
            output.Commit(stream => stream.Write("new"u8));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("link-to-pipe")]
    [InlineData("/dev/null")]
    [InlineData("circle")]
    public void Constructor_NoRegularFile_IsRefusedWithASentenceAndLeftAlone(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere pipes and devices are not told from files.");
        using var folder = new TemporaryFolder();
        using (var make = Process.Start("mkfifo", [folder.File("pipe")]))
        {
            make.WaitForExit();
        }

        File.CreateSymbolicLink(folder.File("link-to-pipe"), "pipe");
        File.CreateSymbolicLink(folder.File("circle"), "circle");

        var fault = Assert.Single(Assert.Throws<InvalidInputException>(() => new OutputFile(Path.Combine(folder.Path, name))).Faults);

        Assert.Contains(name == "circle" ? "in a circle" : name == "/dev/null" ? "is a device" : "is a pipe", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["circle", "link-to-pipe", "pipe"], folder.Files());
        Assert.Equal("pipe", new FileInfo(folder.File("link-to-pipe")).LinkTarget);
    }
}
