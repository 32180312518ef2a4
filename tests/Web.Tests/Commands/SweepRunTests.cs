using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Xunit;

namespace Stepsize.Web.Tests.Commands;

public class SweepRunTests
{
    private const string Diverging =
        """
        {
          "name": "diverging", "workload": "quadratic-2d", "iterations": 400,
          "optimizers": [ { "id": "sgd-constant", "values": [1e-6, 10] } ]
        }
        """;

    [Fact]
    public async Task SweepRun_Quadratic_ReproducesThePublishedIterates()
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, "sweep", "run", "quadratic-2d", "--out", "q.json");

        Assert.Equal(0, result.ExitCode);
        var json = JsonNode.Parse(File.ReadAllText(folder.File("q.json")))!;
        Assert.Equal("quadratic-2d", (string)json["spec"]!["workload"]!);
        Assert.All(new[] { "engine", "device" }, field => Assert.NotEmpty((string)json[field]!));
        Assert.True((double)json["seconds"]! > 0);

        // Zhang, Lipton, Li and Smola (2019), section 10.7: Adagrad after 20 steps with η = 0.4 and 2.
        AssertEnd(json, 0.4, -2.382563, -0.158591);
        AssertEnd(json, 2, -0.002295, 0);
    }

    [Fact]
    public async Task SweepRun_OneThreadOrTwo_GivesTheSameRuns()
    {
        using var folder = new TemporaryFolder();

        await StepsizeProcess.RunAsync(folder, "sweep", "run", "quadratic-2d", "--out", "one.json", "--threads", "1");
        await StepsizeProcess.RunAsync(folder, "sweep", "run", "quadratic-2d", "--out", "two.json", "--threads", "2");

        var (one, two) = (Runs(folder, "one.json"), Runs(folder, "two.json"));
        Assert.NotEmpty(one);
        Assert.True(JsonNode.DeepEquals(one, two));
    }

    [Fact]
    public async Task SweepRun_ProgressToAFile_IsALineForEachRunAndTheTableIsOutput()
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, "sweep", "run", "quadratic-2d");

        var runs = result.ErrorLines.Length - 1;
        Assert.Equal($"Training {runs} runs of quadratic-2d.", result.ErrorLines[0]);
        Assert.All(result.ErrorLines[1..], line => Assert.Matches(@"^\[\d+/\d+\] .+ seed 0: (exploded: )?train loss .+ after 20 iterations", line));
        Assert.StartsWith($"[{runs}/{runs}]", result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Contains("AdaGrad-Norm", result.Output, StringComparison.Ordinal);
        Assert.Contains("robustness", result.Output, StringComparison.Ordinal);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public async Task SweepRun_RunThatDiverges_IsAResultAndItsNumbersAreReadable()
    {
        using var folder = new TemporaryFolder();
        folder.Write("diverging.json", Diverging);

        var result = await StepsizeProcess.RunAsync(folder, "sweep", "run", "diverging.json", "--out", "out.json");

        Assert.Equal(0, result.ExitCode);
        var runs = Runs(folder, "out.json");
        Assert.Equal(["diverged", "finished"], runs.Select(r => (string)r!["outcome"]!));
        var diverged = runs[0]!;
        Assert.InRange((int)diverged["firstBadIteration"]!, 2, 399);
        Assert.Equal((int)diverged["firstBadIteration"]!, (int)diverged["iterations"]!);
        Assert.Contains((string)diverged["epochs"]!.AsArray()[^1]!["trainLoss"]!, new[] { "NaN", "Infinity" });
        Assert.Null(diverged["epochs"]!.AsArray()[^1]!["testAccuracy"]);
        Assert.Null(runs[1]!["firstBadIteration"]);
        Assert.Contains("diverged", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SweepRun_OutputThatIsThere_IsReplaced()
    {
        using var folder = new TemporaryFolder();
        folder.Write("q.json", "old");

        await StepsizeProcess.RunAsync(folder, "sweep", "run", "quadratic-2d", "--out", "q.json");

        Assert.NotEmpty(Runs(folder, "q.json"));
        Assert.Equal(["q.json"], folder.Files());
    }

    [Fact]
    public async Task SweepRun_Database_HoldsTheSweepCompleted()
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, "sweep", "run", "quadratic-2d", "--db", "q.db");

        Assert.Equal(0, result.ExitCode);
        var sweep = Assert.Single(await SweepsAsync(folder.File("q.db")));
        Assert.Equal((SweepStatus.Completed, 14), (sweep.Status, sweep.RunsFinished));
    }

    [Fact]
    public async Task SweepRun_Interrupted_StopsAndLeavesNoFile()
    {
        using var folder = new TemporaryFolder();
        using var process = StepsizeProcess.Start(folder, "sweep", "run", "ward-fig3-logreg", "--out", "out.json");
        await process.WaitForAsync("Training ");

        var result = await process.InterruptAsync();

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("of 65 runs had ended. Nothing was written.", result.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public async Task SweepRun_InterruptedWithDatabase_CanGoOn()
    {
        using var folder = new TemporaryFolder();
        using var process = StepsizeProcess.Start(folder, "sweep", "run", "ward-fig3-logreg", "--db", "w.db");
        await process.WaitForAsync("Training ");

        var result = await process.InterruptAsync();

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("goes on with it", result.Error, StringComparison.Ordinal);
        var sweep = Assert.Single(await SweepsAsync(folder.File("w.db")));
        Assert.Contains(sweep.Status, new[] { SweepStatus.Queued, SweepStatus.Running });
    }

    private static async Task<IReadOnlyList<SweepSummary>> SweepsAsync(string database)
    {
        await using var services = new ServiceCollection().AddStepsizeData(DatabaseOptions.Sqlite(database)).BuildServiceProvider();
        await services.GetRequiredService<DatabaseSetup>().OpenAsync(TestContext.Current.CancellationToken);
        return await services.GetRequiredService<ISweepStore>().ListAsync(TestContext.Current.CancellationToken);
    }

    private static JsonArray Runs(TemporaryFolder folder, string file) => JsonNode.Parse(File.ReadAllText(folder.File(file)))!["runs"]!.AsArray();

    private static void AssertEnd(JsonNode json, double value, double x1, double x2)
    {
        var run = json["runs"]!.AsArray().Single(r => (string)r!["optimizer"]! == "adagrad-coordinate" && (double)r["value"]! == value)!;
        var final = run["finalParameters"]!.AsArray();
        Assert.Equal(x1, (double)final[0]!, 5e-7);
        Assert.Equal(x2, (double)final[1]!, 5e-7);
        var iterates = run["iterates"]!.AsArray();
        Assert.Equal(20, iterates.Count);
        Assert.True(JsonNode.DeepEquals(final, iterates[^1]));
    }
}
