using Stepsize.Data.Database;
using Stepsize.Web.Hosting;
using Xunit;

namespace Stepsize.Web.Tests.Commands;

public sealed class SweepControlCommandTests
{
    private const string Bowl =
        """
        { "name": "Bowl", "workload": "quadratic-2d", "iterations": 20, "optimizers": [ { "id": "sgd-constant", "values": [0.1, 1] } ] }
        """;

    [Fact]
    public async Task Extend_StoredSweep_SaysWhatIsNewAndQueuesIt()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("bowl.json"), Bowl);
        await StepsizeProcess.RunAsync(folder, "sweep", "run", "bowl.json", "--db", "s.db");

        var extended = await StepsizeProcess.RunAsync(folder, "sweep", "extend", "1", """{ "seeds": [3] }""", "--run", "--db", "s.db");
        var paused = await StepsizeProcess.RunAsync(folder, "sweep", "pause", "1", "--db", "s.db");

        Assert.Contains("2 cells: 2 exist, 0 new; 4 runs: 2 exist, 2 new.", extended.Output, StringComparison.Ordinal);
        Assert.Contains("SGD constant, b₀ = 0.1, seed 3: to be trained", extended.Output, StringComparison.Ordinal);
        Assert.Equal((0, "Sweep 1: paused."), (paused.ExitCode, paused.Output.Trim()));
    }

    [Fact]
    public async Task Pause_ProgramTrainsThisDatabase_SaysToUseItsPages()
    {
        using var folder = new TemporaryFolder();
        using var other = DatabaseLock.Take(DatabaseOptions.Sqlite(folder.File("s.db")), TimeProvider.System);

        var refused = await StepsizeProcess.RunAsync(folder, "sweep", "pause", "1", "--db", "s.db");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("another stepsize program already trains the sweeps of", refused.Error, StringComparison.Ordinal);
        Assert.Contains("use its pages", refused.Error, StringComparison.Ordinal);
    }
}
