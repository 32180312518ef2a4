using Xunit;

namespace Stepsize.Web.Tests.Commands;

public sealed class DatasetCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Import_TableOfOnesOwn_CanBeTrainedOnAsSaid()
    {
        var rows = Enumerable.Range(0, 40).Select(i => $"{i % 7},{i % 5},{(2 * (i % 7)) - (i % 5)}");
        await File.WriteAllLinesAsync(Path.Combine(_folder.Path, "points.csv"), ["a,b,c", .. rows], TestContext.Current.CancellationToken);
        var imported = await StepsizeProcess.RunAsync(_folder, "datasets", "import", "csv", "points.csv", "--name", "mine");
        Assert.Equal(0, imported.ExitCode);
        Assert.Contains("mine.csv is in", imported.Output, StringComparison.Ordinal);
        var options = imported.Output[imported.Output.IndexOf('{', StringComparison.Ordinal)..].Trim();
        Assert.Contains("\"features\":\"a, b\"", options, StringComparison.Ordinal);

        await File.WriteAllTextAsync(
            Path.Combine(_folder.Path, "sweep.json"),
            $$"""{ "name": "own", "workload": "csv-linear", "workloadOptions": {{options}}, "optimizers": [ { "id": "sgd-constant", "values": [4] } ], "epochs": 30, "seeds": [0] }""",
            TestContext.Current.CancellationToken);
        var trained = await StepsizeProcess.RunAsync(_folder, "sweep", "run", "sweep.json", "--out", "out.json");
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Contains("testLoss", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "out.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("allowed: mnist", "get", "nothing")]
    [InlineData("cannot be downloaded", "get", "news")]
    [InlineData("does not exist", "import", "news", "none.csv")]
    [InlineData("does not exist", "import", "csv", "none.csv")]
    [InlineData("is for tables of your own", "import", "news", "none.csv", "--name", "x")]
    public async Task Datasets_BadInput_IsOneSentenceAndExitCodeTwo(string expected, params string[] arguments)
    {
        var result = await StepsizeProcess.RunAsync(_folder, ["datasets", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
