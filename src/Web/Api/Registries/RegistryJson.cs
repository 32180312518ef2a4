using System.Text.Json;
using System.Text.Json.Nodes;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Weights;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Api.Registries;

/// <summary>Entries of the registries as JSON: for the command line and for the HTTP API.</summary>
internal static class RegistryJson
{
    public static JsonObject Of(OptimizerDefinition optimizer) => new()
    {
        ["id"] = optimizer.Id,
        ["title"] = optimizer.Title,
        ["source"] = optimizer.Source,
        ["summary"] = optimizer.Summary,
        ["formula"] = optimizer.Formula,
        ["axes"] = new JsonArray([.. optimizer.Axes.Select(a => (JsonNode)RobustnessAxisName.Of(a))]),
        ["initialStepsize"] = new JsonObject(
            optimizer.Axes.Select(a => KeyValuePair.Create(RobustnessAxisName.Of(a), (JsonNode?)optimizer.InitialStepsizeOver(a).Formula))),
        ["options"] = Of(optimizer.Options),
    };

    public static JsonObject Of(Workload workload)
    {
        var size = SizeOf(workload);
        return new JsonObject
        {
            ["id"] = workload.Id,
            ["title"] = workload.Title,
            ["source"] = workload.Source,
            ["summary"] = workload.Summary,
            ["parameters"] = size.Parameters,
            ["trainingExamples"] = size.TrainingExamples,
            ["batchSize"] = workload.DefaultBatchSize,
            ["epochs"] = workload.DefaultEpochs,
            ["needsGpu"] = workload.NeedsGpu,
            ["options"] = Of(workload.Options),
        };
    }

    public static JsonObject Of(Preset preset) => new()
    {
        ["id"] = preset.Id,
        ["title"] = preset.Title,
        ["source"] = preset.Source,
        ["summary"] = preset.Summary,
        ["differences"] = new JsonArray([.. preset.Differences.Select(d => (JsonNode)d)]),
        ["runs"] = preset.Specification.RunCount,
        ["spec"] = SpecificationWriter.ToJson(preset.Specification),
    };

    /// <param name="found">Null where its files are not here. Where they are is not said: that is for those who sit at the machine.</param>
    public static JsonObject Of(Dataset dataset, LocatedDataset? found) => new()
    {
        ["id"] = dataset.Id,
        ["title"] = dataset.Title,
        ["summary"] = dataset.Summary,
        ["authors"] = dataset.Authors,
        ["home"] = dataset.Home,
        ["licence"] = dataset.Licence,
        ["ships"] = dataset.Ships,
        ["isHere"] = found is not null,
        ["layout"] = found?.Layout.Name,
        ["downloads"] = new JsonArray([.. dataset.Downloads.Select(download => new JsonObject
        {
            ["addresses"] = new JsonArray([.. download.Addresses.Select(a => (JsonNode)a.ToString())]),
            ["bytes"] = download.Bytes,
            ["sha256"] = download.Sha256,
        })]),
        ["howToGet"] = dataset.HowToGet,
    };

    /// <summary>Imported weights, or why they cannot be used.</summary>
    public static JsonObject Of(WeightsListing weights) => new()
    {
        ["name"] = weights.Name,
        ["for"] = weights.Entry?.Target,
        ["numbers"] = weights.Entry?.Numbers,
        ["sha256"] = weights.Entry?.Checksum,
        ["source"] = weights.Entry?.Source,
        ["sourceSha256"] = weights.Entry?.SourceChecksum,
        ["remarks"] = new JsonArray([.. (weights.Entry?.Remarks ?? []).Select(r => (JsonNode)r)]),
        ["fault"] = weights.Fault,
    };

    /// <summary>The size with every option at its default.</summary>
    public static WorkloadSize SizeOf(Workload workload) => workload.Measure(OptionSet.Resolve(workload.Options, null, "", new FaultList()));

    /// <summary>What an optimizer or a workload can be told.</summary>
    private static JsonArray Of(IReadOnlyList<OptionDefinition> options) => new([.. options.Select(Of)]);

    private static JsonNode Of(OptionDefinition option)
    {
        var json = new JsonObject
        {
            ["id"] = option.Id,
            ["kind"] = option.Kind.ToString().ToLowerInvariant(),
            ["default"] = JsonSerializer.SerializeToNode(option.Default),
            ["allowed"] = option.Allowed,
            ["meaning"] = option.Meaning,
        };
        if (option.Choices.Count > 0)
        {
            json["choices"] = new JsonArray([.. option.Choices.Select(c => (JsonNode)c)]);
        }

        return json;
    }
}
