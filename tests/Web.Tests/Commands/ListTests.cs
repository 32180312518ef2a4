using System.Text.Json.Nodes;
using Xunit;

namespace Stepsize.Web.Tests.Commands;

public class ListTests
{
    [Theory]
    [InlineData("presets", "quickstart", "title", "source", "differences", "spec")]
    [InlineData("workloads", "mnist-logreg", "title", "parameters", "options", "batchSize")]
    [InlineData("optimizers", "adagrad-norm", "title", "formula", "axes", "initialStepsize", "options")]
    [InlineData("datasets", "mnist", "title", "licence")]
    public async Task List_AsJson_ParsesAndHoldsWhatIsKnown(string command, string known, params string[] fields)
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, command, "--json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var items = JsonNode.Parse(result.Output)!.AsArray();
        Assert.Equal(items.Count, items.DistinctBy(i => (string)i!["id"]!).Count());
        var item = Assert.Single(items, i => (string)i!["id"]! == known)!;
        Assert.All(fields, field => Assert.NotNull(item[field]));
    }

    [Theory]
    [InlineData("presets", "quickstart")]
    [InlineData("optimizers", "adagrad-norm")]
    public async Task List_AsText_NamesEach(string command, string known)
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, command);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(known, result.Output, StringComparison.Ordinal);
    }
}
