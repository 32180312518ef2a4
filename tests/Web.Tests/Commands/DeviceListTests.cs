using System.Text.Json.Nodes;
using Xunit;

namespace Stepsize.Web.Tests.Commands;

public class DeviceListTests
{
    [Fact]
    public async Task Devices_FolderWithoutLibtorch_CpuIsUsableAndTheRestSaysWhatToDo()
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, "devices", "--json", "--torch", folder.Path);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var devices = JsonNode.Parse(result.Output)!.AsArray();
        Assert.True((bool)devices[0]!["usable"]!);
        Assert.Equal("torch-cpu", (string)devices[1]!["id"]!);
        Assert.Contains("holds no libtorch_cpu.so", (string)devices[1]!["fault"]!, StringComparison.Ordinal);
        Assert.All(devices.Skip(1), d => Assert.False((bool)d!["usable"]!));
    }

    [Fact]
    public async Task Devices_LibraryThatIsNone_SaysThatItCannotBeLoaded()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "libtorch_cpu.so"), "no library");

        var result = await StepsizeProcess.RunAsync(folder, ("STEPSIZE_TORCH", folder.Path), "devices", "--json");

        var fault = (string)JsonNode.Parse(result.Output)![1]!["fault"]!;
        Assert.Contains("libtorch_cpu.so cannot be loaded; unpack libtorch 2.10 again", fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault);
    }
}
