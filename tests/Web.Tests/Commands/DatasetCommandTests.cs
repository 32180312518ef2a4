using System.Text.Json.Nodes;
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
        Assert.True(imported.ExitCode == 0, imported.Error);
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

    [Fact]
    public async Task Import_TableWithDecimalCommas_IsPreviewedChosenReplacedRenamedAndDeleted()
    {
        var rows = Enumerable.Range(0, 40).Select(i => $"{i % 7},5;{i % 5},25;{(i % 3 == 0 ? "" : "2,5")};{i % 2}");
        await File.WriteAllLinesAsync(Path.Combine(_folder.Path, "my data (1).csv"), ["a;b;c;d", .. rows], TestContext.Current.CancellationToken);
        string[] import = ["datasets", "import", "csv", "my data (1).csv", "--target", "a", "--separator", ";", "--decimal", ","];
        var refused = await StepsizeProcess.RunAsync(_folder, import);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--missing: line 2, column \"c\": there is no value", refused.Error, StringComparison.Ordinal);
        Assert.Contains("0,5", refused.Output, StringComparison.Ordinal);

        var previewed = await StepsizeProcess.RunAsync(_folder, [.. import, "--missing", "drop", "--preview"]);
        Assert.Contains("It can be imported as my-data-1.csv.", previewed.Output, StringComparison.Ordinal);
        Assert.Contains("14 rows with missing cells are left out, 26 are left", previewed.Output, StringComparison.Ordinal);
        var imported = await StepsizeProcess.RunAsync(_folder, [.. import, "--missing", "drop"]);
        Assert.True(imported.ExitCode == 0, imported.Error);
        Assert.Contains("\"target\":\"a\"", imported.Output, StringComparison.Ordinal);

        var again = await StepsizeProcess.RunAsync(_folder, [.. import, "--missing", "mean"]);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("There is a table my-data-1.csv already: 40 rows", again.Error, StringComparison.Ordinal);
        Assert.Contains("--replace", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await StepsizeProcess.RunAsync(_folder, [.. import, "--missing", "mean", "--replace"])).ExitCode);
        Assert.Contains("is called mine.csv now", (await StepsizeProcess.RunAsync(_folder, "datasets", "rename", "my-data-1.csv", "mine")).Output, StringComparison.Ordinal);
        Assert.Contains("mine.csv was deleted", (await StepsizeProcess.RunAsync(_folder, "datasets", "delete", "mine.csv")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await StepsizeProcess.RunAsync(_folder, "datasets", "delete", "mine.csv")).ExitCode);
    }

    [Fact]
    public async Task Import_OverATableThatASweepUses_SaysWhichAndExtendingIsRefused()
    {
        await WriteAsync("mine.csv", i => 2 * i);
        await StepsizeProcess.RunAsync(_folder, "datasets", "import", "csv", "mine.csv");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Path, "sweep.json"),
            """{ "name": "before", "workload": "csv-linear", "workloadOptions": { "file": "mine.csv", "trainRows": 30, "testRows": 10 }, "optimizers": [ { "id": "sgd-constant", "values": [1] } ], "epochs": 2 }""",
            TestContext.Current.CancellationToken);
        var trained = await StepsizeProcess.RunAsync(_folder, "sweep", "run", "sweep.json", "--db", "data/stepsize.db");
        Assert.True(trained.ExitCode == 0, trained.Error);

        await WriteAsync("mine.csv", i => 5 - i);
        var taken = await StepsizeProcess.RunAsync(_folder, "datasets", "import", "csv", "mine.csv");
        Assert.Equal(2, taken.ExitCode);
        Assert.Contains("Sweep 1 (before) uses it", taken.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await StepsizeProcess.RunAsync(_folder, "datasets", "import", "csv", "mine.csv", "--replace")).ExitCode);
        var extended = await StepsizeProcess.RunAsync(_folder, "sweep", "extend", "1", """{ "seeds": [7] }""", "--db", "data/stepsize.db");
        Assert.Equal(2, extended.ExitCode);
        Assert.Contains("mine.csv was replaced (SHA-256", extended.Error, StringComparison.Ordinal);
        Assert.Contains("launch a new sweep", extended.Error, StringComparison.Ordinal);

        Task WriteAsync(string file, Func<int, int> y) => File.WriteAllLinesAsync(
            Path.Combine(_folder.Path, file), ["x,y", .. Enumerable.Range(0, 40).Select(i => $"{i},{y(i)}")], TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Import_Weights_AreListedReplacedAndAskedForByTheirPreset()
    {
        var before = await StepsizeProcess.RunAsync(_folder, "sweep", "run", "wu-table1-vit");
        Assert.Equal(2, before.ExitCode);
        Assert.Contains("there are no weights vit-s16 here; bring them in with \"datasets import weights FILE --name vit-s16\"", before.Error, StringComparison.Ordinal);

        await WeightFiles.WriteZerosAsync(Path.Combine(_folder.Path, "model.npz"), TestContext.Current.CancellationToken);
        string[] import = ["datasets", "import", "weights", "model.npz", "--for", "vit-s16"];
        var previewed = await StepsizeProcess.RunAsync(_folder, [.. import, "--preview"]);
        Assert.Contains("It can be imported as vit-s16, for ViT-S/16.", previewed.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "data", "datasets", "weights")));
        var imported = await StepsizeProcess.RunAsync(_folder, import);
        Assert.True(imported.ExitCode == 0, imported.Error);
        Assert.Contains("The file has no last layer", imported.Output, StringComparison.Ordinal);
        Assert.Contains("{\"weights\":\"vit-s16\"}", imported.Output, StringComparison.Ordinal);

        var again = await StepsizeProcess.RunAsync(_folder, import);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("There are weights vit-s16 already", again.Error, StringComparison.Ordinal);
        Assert.Contains("--replace", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await StepsizeProcess.RunAsync(_folder, [.. import, "--replace"])).ExitCode);

        var listed = JsonNode.Parse((await StepsizeProcess.RunAsync(_folder, "datasets", "weights", "--json")).Output)!.AsArray();
        Assert.Equal(("vit-s16", "vit-s16", "model.npz"), ((string)listed[0]!["name"]!, (string)listed[0]!["for"]!, (string)listed[0]!["source"]!));
        Assert.Contains("Pretrained weights:", (await StepsizeProcess.RunAsync(_folder, "datasets", "list")).Output, StringComparison.Ordinal);
        Assert.All(JsonNode.Parse((await StepsizeProcess.RunAsync(_folder, "datasets", "list", "--json")).Output)!.AsArray(), d => Assert.NotNull(d!["licence"]));

        // The weights are there; what is missing now is the pictures.
        Assert.Contains("datasets get cifar100", (await StepsizeProcess.RunAsync(_folder, "sweep", "run", "wu-table1-vit")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("allowed: mnist", "get", "nothing")]
    [InlineData("cannot be downloaded", "get", "news")]
    [InlineData("does not exist", "import", "news", "none.csv")]
    [InlineData("does not exist", "import", "csv", "none.csv")]
    [InlineData("is for tables of your own", "import", "news", "none.csv", "--name", "x")]
    [InlineData("does not exist", "import", "weights", "none.safetensors")]
    [InlineData("--for: \"vit-b16\" is unknown; allowed: vit-s16", "import", "weights", "none.npz", "--for", "vit-b16")]
    [InlineData("--name: \"../x\" is no name of weights", "import", "weights", "none.npz", "--name", "../x")]
    [InlineData("--separator: is for tables of your own, and not for weights", "import", "weights", "none.npz", "--separator", ";")]
    [InlineData("--for: is for weights alone", "import", "csv", "none.csv", "--for", "vit-s16")]
    [InlineData("--separator: \"#\" is not allowed", "import", "csv", "none.csv", "--separator", "#")]
    [InlineData("there is no table none.csv", "rename", "none.csv", "other")]
    public async Task Datasets_BadInput_IsOneSentenceAndExitCodeTwo(string expected, params string[] arguments)
    {
        var result = await StepsizeProcess.RunAsync(_folder, ["datasets", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
