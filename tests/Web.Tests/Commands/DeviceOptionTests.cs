using System.Text.Json.Nodes;
using Stepsize.Torch.Loading;
using Xunit;

namespace Stepsize.Web.Tests.Commands;

public class DeviceOptionTests
{
    private const string Small =
        """
        {
          "name": "small", "workload": "mnist-logreg", "workloadOptions": { "trainLimit": 200 }, "batchSize": 50, "iterations": 20,
          "optimizers": [ { "id": "sgd-constant", "values": [10, 1000] }, { "id": "gd-linesearch", "values": [1] } ]
        }
        """;

    [Fact]
    public async Task SweepRun_TorchCpu_TrainsThereAndNamesBothEngines()
    {
        Assert.SkipUnless(TorchLibrary.Look(null).IsThere, "There is no libtorch here.");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("small.json"), Small);

        var torch = await StepsizeProcess.RunAsync(folder, "sweep", "run", "small.json", "--device", "torch-cpu", "--out", "torch.json");
        var cpu = await StepsizeProcess.RunAsync(folder, "sweep", "run", "small.json", "--device", "cpu", "--out", "cpu.json");

        Assert.Equal((0, 0), (torch.ExitCode, cpu.ExitCode));
        var (there, here) = (JsonNode.Parse(File.ReadAllText(folder.File("torch.json")))!, JsonNode.Parse(File.ReadAllText(folder.File("cpu.json")))!);
        Assert.Equal($"{here["engine"]} and torch 2.10 cpu fp32", (string)there["engine"]!);
        Assert.Contains("libtorch 2.10", (string)there["device"]!, StringComparison.Ordinal);
        foreach (var (one, other) in there["runs"]!.AsArray().Zip(here["runs"]!.AsArray()))
        {
            Assert.Equal((string)one!["initialWeights"]!, (string)other!["initialWeights"]!);
            Assert.Equal((double)one["epochs"]!.AsArray()[^1]!["trainLoss"]!, (double)other["epochs"]!.AsArray()[^1]!["trainLoss"]!, 1e-5);
        }
    }

    [Theory]
    [InlineData("gpu:97", "--device cpu")]
    [InlineData("graphics", "give auto, cpu, gpu")]
    public async Task SweepRun_DeviceThatCannotBe_IsRefusedBeforeTraining(string device, string expected)
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, "sweep", "run", "quadratic-2d", "--device", device, "--out", "q.json");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("q.json")));
    }

    [Fact]
    public async Task Serve_TorchThatIsNotThere_IsRefusedAtTheStart()
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, "serve", "--urls", "http://127.0.0.1:0", "--device", "torch-cpu", "--torch", folder.Path);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("holds no libtorch_cpu.so", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
