using System.CommandLine;
using System.Text.Json.Nodes;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;

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
        p => new JsonObject
        {
            ["id"] = p.Id,
            ["title"] = p.Title,
            ["source"] = p.Source,
            ["summary"] = p.Summary,
            ["differences"] = new JsonArray([.. p.Differences.Select(d => (JsonNode)d)]),
            ["runs"] = p.Specification.RunCount,
            ["spec"] = SpecificationWriter.ToJson(p.Specification),
        });
}
