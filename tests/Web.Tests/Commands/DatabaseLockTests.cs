using System.Diagnostics;
using Stepsize.Data.Database;
using Stepsize.Training.Faults;
using Stepsize.Web.Hosting;
using Xunit;

namespace Stepsize.Web.Tests.Commands;

public class DatabaseLockTests
{
    public enum Naming
    {
        Same,
        SymbolicLink,
        ChainOfLinks,
        LinkedFolder,
        HardLink,
    }

    [Theory]
    [InlineData(Naming.Same)]
    [InlineData(Naming.SymbolicLink)]
    [InlineData(Naming.ChainOfLinks)]
    [InlineData(Naming.LinkedFolder)]
    [InlineData(Naming.HardLink)]
    public async Task Worker_DatabaseIsTrainedUnderWhateverName_IsRefusedWithTheHolder(Naming naming)
    {
        using var folder = new TemporaryFolder();
        await StepsizeProcess.RunAsync(folder, "sweep", "run", "quadratic-2d", "--db", "real/s.db");
        var name = await NameAsync(folder, naming);
        using var first = StepsizeProcess.Start(folder, "worker", "--db", "real/s.db");
        await first.WaitForAsync("Stepsize worker");

        var second = await StepsizeProcess.RunAsync(folder, "worker", "--db", name);

        Assert.Equal(2, second.ExitCode);
        var sentence = Assert.Single(second.ErrorLines);
        Assert.Contains("another stepsize program already trains the sweeps of", sentence, StringComparison.Ordinal);
        Assert.Contains($"process {first.Id}", sentence, StringComparison.Ordinal);
        Assert.Equal(0, (await first.InterruptAsync()).ExitCode);
    }

    [Fact]
    public async Task Worker_HolderWasKilled_TakesTheLock()
    {
        using var folder = new TemporaryFolder();
        using (var killed = StepsizeProcess.Start(folder, "worker", "--db", "s.db"))
        {
            await killed.WaitForAsync("Stepsize worker");
        }

        using var next = StepsizeProcess.Start(folder, "worker", "--db", "s.db");

        await next.WaitForAsync("Stepsize worker");
        var refused = await StepsizeProcess.RunAsync(folder, "worker", "--db", "s.db");
        Assert.Contains($"(stepsize worker, process {next.Id} on {Environment.MachineName}, since ", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_LinkLeadsElsewhereLater_StaysWithTheFile()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("link.db"), "first.db");
        var options = DatabaseOptions.Sqlite(folder.File("link.db"));
        using var held = DatabaseLock.Take(options, TimeProvider.System);
        File.Delete(folder.File("link.db"));
        File.CreateSymbolicLink(folder.File("link.db"), "second.db");

        Assert.Equal(folder.File("first.db"), options.SqliteFile);
        Assert.Throws<InvalidInputException>(() => DatabaseLock.Take(DatabaseOptions.Sqlite(folder.File("first.db")), TimeProvider.System));
        using var other = DatabaseLock.Take(DatabaseOptions.Sqlite(folder.File("link.db")), TimeProvider.System);
    }

    [Fact]
    public void Take_LockOfThisKindReleased_CanBeTakenAgain()
    {
        using var folder = new TemporaryFolder();
        var options = DatabaseOptions.Sqlite(folder.File("s.db"));

        DatabaseLock.Take(options, TimeProvider.System).Dispose();

        DatabaseLock.Take(options, TimeProvider.System).Dispose();
    }

    [Fact]
    public void Sqlite_LinksInACircle_IsOneSentence()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("a.db"), "b.db");
        File.CreateSymbolicLink(folder.File("b.db"), "a.db");

        var fault = Assert.Single(Assert.Throws<InvalidInputException>(() => DatabaseOptions.Sqlite(folder.File("a.db"))).Faults);

        Assert.Contains("in a circle", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<string> NameAsync(TemporaryFolder folder, Naming naming)
    {
        switch (naming)
        {
            case Naming.SymbolicLink:
                File.CreateSymbolicLink(folder.File("other.db"), "real/s.db");
                return "other.db";
            case Naming.ChainOfLinks:
                File.CreateSymbolicLink(folder.File("last.db"), folder.File("real/s.db"));
                File.CreateSymbolicLink(folder.File("other.db"), "last.db");
                return "other.db";
            case Naming.LinkedFolder:
                Directory.CreateSymbolicLink(folder.File("linked"), "real");
                return "linked/s.db";
            case Naming.HardLink:
                Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux keeps SQLite's locks apart from those of a whole file.");
                using (var link = Process.Start("ln", [folder.File("real/s.db"), folder.File("other.db")]))
                {
                    await link.WaitForExitAsync(TestContext.Current.CancellationToken);
                }

                return "other.db";
            default:
                return "real/s.db";
        }
    }
}
