using Stepsize.Torch.Devices;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Torch.Tests.Devices;

public sealed class DeviceTests
{
    [Theory]
    [InlineData(null, DeviceKind.Auto, 0, "auto")]
    [InlineData("auto", DeviceKind.Auto, 0, "auto")]
    [InlineData("cpu", DeviceKind.Cpu, 0, "cpu")]
    [InlineData("gpu", DeviceKind.Gpu, 0, "gpu:0")]
    [InlineData("gpu:3", DeviceKind.Gpu, 3, "gpu:3")]
    [InlineData("torch-cpu", DeviceKind.TorchCpu, 0, "torch-cpu")]
    public void Parse_KnownDevice_IsThat(string? text, DeviceKind kind, int ordinal, string written)
    {
        var choice = DeviceChoice.Parse(text);
        Assert.Equal(new DeviceChoice(kind, ordinal), choice);
        Assert.Equal(written, choice.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("GPU")]
    [InlineData("gpu:")]
    [InlineData("gpu:-1")]
    [InlineData("gpu: 1")]
    [InlineData("gpu:99999999999")]
    public void Parse_AnythingElse_SaysWhatIsAllowed(string text) =>
        Assert.Contains("gpu:1", Assert.Throws<InvalidInputException>(() => DeviceChoice.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void List_LibtorchForCpus_HasBothEnginesAndSaysWhatTheGpuLacks()
    {
        TorchHere.Load();
        var devices = DeviceCatalogue.List(null, "CPU, test");
        Assert.Equal(("cpu", "CPU, test", null), (devices[0].Id, devices[0].Title, devices[0].Fault));
        Assert.Equal(("torch-cpu", null), (devices[1].Id, devices[1].Fault));
        Assert.All(devices.Skip(2), gpu => Assert.NotNull(gpu.Fault));
        Assert.NotEmpty(devices.Skip(2));
    }

    [Theory]
    [InlineData(0, 0, "no GPU")]
    [InlineData(2, 2, "gpu:2 is not there")]
    public void GpuFault_NoneOrTooFew_IsSaid(int ordinal, int gpus, string expected) =>
        Assert.Contains(expected, DeviceCatalogue.GpuFault(null, ordinal, gpus), StringComparison.Ordinal);
}
