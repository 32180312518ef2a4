using System.Text.Json.Nodes;
using Stepsize.Training.Optimizers;

namespace Stepsize.Training.Sweeps;

/// <summary>Writes a specification as the JSON that <see cref="SpecificationReader"/> reads.</summary>
public static class SpecificationWriter
{
    public static JsonObject ToJson(SweepSpecification sweep)
    {
        var json = new JsonObject
        {
            ["name"] = sweep.Name,
            ["workload"] = sweep.Workload.Id,
            ["workloadOptions"] = sweep.WorkloadOptions.ToJson(),
            ["optimizers"] = new JsonArray([.. sweep.Optimizers.Select(ToJson)]),
            ["seeds"] = Array(sweep.Seeds),
            ["batchSize"] = sweep.BatchSize,
        };
        if (sweep.Epochs is { } epochs)
        {
            json["epochs"] = epochs;
        }
        else
        {
            json["iterations"] = sweep.Iterations;
        }

        // Where both are empty one stands there all the same: nothing at all would ask for moments by default.
        if (sweep.EvaluateAtEpochs.Count > 0 || (sweep.EvaluateAtIterations.Count == 0 && sweep.Epochs is not null))
        {
            json["evaluateAtEpochs"] = Array(sweep.EvaluateAtEpochs);
        }

        if (sweep.EvaluateAtIterations.Count > 0 || (sweep.EvaluateAtEpochs.Count == 0 && sweep.Epochs is null))
        {
            json["evaluateAtIterations"] = Array(sweep.EvaluateAtIterations);
        }

        json["stopWhenDiverged"] = sweep.StopWhenDiverged;
        if (sweep.RecordIterates)
        {
            json["record"] = RecordedExtra.Iterates;
        }
        else if (sweep.RecordLayers)
        {
            json["record"] = RecordedExtra.Layers;
        }

        return json;
    }

    private static JsonNode ToJson(OptimizerGrid grid) => new JsonObject
    {
        ["id"] = grid.Optimizer.Id,
        ["axis"] = RobustnessAxisName.Of(grid.Axis),
        ["values"] = new JsonArray([.. grid.Values.Select(v => (JsonNode)v)]),
        ["options"] = grid.Options.ToJson(),
    };

    private static JsonArray Array(IReadOnlyList<int> values) => new([.. values.Select(v => (JsonNode)v)]);
}
