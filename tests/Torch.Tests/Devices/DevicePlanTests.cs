using Stepsize.Torch.Devices;
using Stepsize.Training.Sweeps;
using Xunit;

namespace Stepsize.Torch.Tests.Devices;

public sealed class DevicePlanTests
{
    private static readonly DevicePlan Gpu = new(new DeviceChoice(DeviceKind.Gpu, 97));

    [Theory]
    [InlineData("mnist-logreg", "{}", "adam", true, null)]
    [InlineData("mnist-logreg", "{ \"precision\": \"double\" }", "adam", false, "computes in double")]
    [InlineData("linreg-stochastic", "{}", "adam", false, "is no network")]
    [InlineData("mnist-logreg", "{}", "gd-linesearch", false, "searches along lines (gd-linesearch)")]
    public void Of_GpuChosen_NetworksInFloatAreTrainedThereAndTheRestSaysWhyNot(string workload, string options, string optimizer, bool onTorch, string? reason)
    {
        var forecast = Gpu.Of(Sweep(workload, options, $$"""{ "id": "{{optimizer}}", "values": [1] }"""));
        Assert.Equal((onTorch, reason), (forecast.OnTorch, forecast.Reason));
    }

    [Fact]
    public void Of_SomeRunsForTheCpu_SaysSo()
    {
        var forecast = Gpu.Of(Sweep("mnist-logreg", "{}", """{ "id": "adam", "values": [1] }, { "id": "gd-linesearch", "values": [1] }"""));
        Assert.Equal((true, "the CPU trains what searches along lines (gd-linesearch)"), (forecast.OnTorch, forecast.Reason));
    }

    [Fact]
    public void Of_TorchCpuInDouble_IsTrainedThere() =>
        Assert.True(new DevicePlan(new DeviceChoice(DeviceKind.TorchCpu)).Of(Sweep("mnist-logreg", "{ \"precision\": \"double\" }", """{ "id": "adam", "values": [1] }""")).OnTorch);

    [Fact]
    public void Choice_AutomaticWithoutLibtorchForGpus_IsTheCpu()
    {
        using var folder = new TemporaryFolder();
        var plan = new DevicePlan(DeviceChoice.Auto, folder.Path);
        Assert.Equal((DeviceChoice.Cpu, false, false), (plan.Choice, plan.UsesTorch, plan.IsNamed));
    }

    private static SweepSpecification Sweep(string workload, string options, string optimizers) => SpecificationReader.Parse(
        $$"""{ "name": "s", "workload": "{{workload}}", "workloadOptions": {{options}}, "optimizers": [{{optimizers}}], "seeds": [0], "iterations": 10 }""");
}
