using System.CommandLine;
using System.Text.Json.Nodes;
using Stepsize.Torch.Devices;
using Stepsize.Training.Execution;

namespace Stepsize.Web.Commands;

/// <summary><c>devices</c>: what this machine can train on, and why not.</summary>
internal static class DeviceList
{
    public static Command Create()
    {
        var command = ListCommand.Create(
            "devices",
            "Lists what this machine can train on, and what keeps it from the rest.",
            parsed => DeviceCatalogue.List(CommandOptions.Settings(parsed).TorchFolder, CpuExecutor.DeviceName),
            ["device", "what it is", "can be trained on"],
            d => [d.Id, d.Title, d.Fault is null ? "yes" : $"no: {d.Fault}"],
            d => new JsonObject { ["id"] = d.Id, ["title"] = d.Title, ["usable"] = d.Fault is null, ["fault"] = d.Fault });
        command.Add(CommandOptions.Torch);
        return command;
    }
}
