using System.CommandLine;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Web.Api.Registries;

namespace Stepsize.Web.Commands;

/// <summary><c>presets</c>.</summary>
internal static class PresetList
{
    public static Command Create() => ListCommand.Create(
        "presets",
        "Lists the experiments that are ready to run.",
        _ => PresetRegistry.All,
        ["preset", "experiment", "source", "workload", "runs"],
        p => [p.Id, p.Title, p.Source, p.Specification.Workload.Id, $"{p.Specification.RunCount}"],
        RegistryJson.Of);
}
