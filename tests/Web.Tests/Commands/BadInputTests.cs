using Xunit;

namespace Stepsize.Web.Tests.Commands;

public class BadInputTests
{
    [Theory]
    [InlineData("did you mean quickstart", "sweep", "run", "quikstart")]
    [InlineData("There is no file", "sweep", "run", "missing.json")]
    [InlineData("is a folder", "sweep", "run", ".")]
    [InlineData("not valid JSON", "sweep", "run", "broken.json")]
    [InlineData("optimizers[0].values[0]: 0 is not allowed", "sweep", "run", "zero.json")]
    [InlineData("is not UTF-8", "sweep", "run", "binary.json")]
    [InlineData("is larger than 1 MiB", "sweep", "run", "large.json")]
    [InlineData("is larger than 1 MiB", "sweep", "run", "/dev/zero")]
    [InlineData("--out: the folder", "sweep", "run", "quadratic-2d", "--out", "missing/out.json")]
    [InlineData("--out: \".\" is not a file", "sweep", "run", "quadratic-2d", "--out", ".")]
    [InlineData("threads: 0 is not allowed", "sweep", "run", "quadratic-2d", "--threads", "0")]
    [InlineData("threads: many is not allowed", "sweep", "run", "quadratic-2d", "--threads", "many")]
    [InlineData("the data folder \"nowhere\" does not exist", "sweep", "run", "quadratic-2d", "--data", "nowhere")]
    [InlineData("the data folder \"nowhere\" does not exist", "serve", "--data", "nowhere")]
    [InlineData("is not a SQLite database", "sweep", "run", "quadratic-2d", "--db", "broken.json")]
    [InlineData("is not a SQLite database", "serve", "--db", "broken.json")]
    [InlineData("cannot be made", "serve", "--db", "broken.json/stepsize.db")]
    [InlineData("is a folder", "serve", "--db", ".")]
    [InlineData("is not an address to listen on", "serve", "--urls", "localhost:5080")]
    [InlineData("is not an address to listen on", "serve", "--urls", "http://127.0.0.1:99999")]
    public async Task Command_BadInput_IsOneSentenceAndNothingIsWritten(string sentence, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        folder.Write("broken.json", "{ \"name\": this is long enough not to be taken for the start of a database, whose header has a hundred bytes and is checked }");
        folder.Write("zero.json", """{ "name": "n", "workload": "quadratic-2d", "optimizers": [ { "id": "sgd-constant", "values": [0] } ] }""");
        await File.WriteAllBytesAsync(folder.File("binary.json"), [0x7b, 0xff, 0xfe], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder.File("large.json"), new byte[(1 << 20) + 1], TestContext.Current.CancellationToken);
        var before = folder.Files();

        var result = await StepsizeProcess.RunAsync(folder, arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(sentence, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(before, folder.Files());
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("sweep")]
    [InlineData("sweep", "run")]
    [InlineData("sweep", "run", "quickstart", "--colour", "red")]
    [InlineData("serve", "--urls")]
    public async Task Command_WrongUsage_IsRefusedAndPointsToHelp(params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("--help", result.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task SweepRun_ManyFaults_ReportsEachOnALine()
    {
        using var folder = new TemporaryFolder();
        folder.Write("many.json", """{ "workload": "nothing", "optimizers": [], "epochs": 1, "iterations": 1 }""");

        var result = await StepsizeProcess.RunAsync(folder, "sweep", "run", "many.json");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(4, result.ErrorLines.Length);
        Assert.All(result.ErrorLines, line => Assert.StartsWith("many.json: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SweepRun_CorruptData_IsOneSentence()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("mnist"));
        foreach (var name in new[] { "train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1" })
        {
            folder.Write($"mnist/{name}-ubyte.gz", "not a gzipped file");
        }

        var result = await StepsizeProcess.RunAsync(folder, "sweep", "run", "quickstart", "--data", folder.Path, "--out", "out.json");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("-ubyte.gz", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(["mnist"], folder.Files());
    }

    [Fact]
    public async Task Settings_FromTheEnvironment_AreCheckedAlike()
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, ("STEPSIZE_THREADS", "-1"), "sweep", "run", "quadratic-2d");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("threads: -1 is not allowed", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
