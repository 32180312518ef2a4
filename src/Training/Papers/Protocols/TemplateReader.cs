using System.Text.Json;
using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;

namespace Stepsize.Training.Papers.Protocols;

/// <summary>Reads one cell's template.</summary>
internal static class TemplateReader
{
    private const int MostRuns = 1000;
    private const int MostEpochs = 100_000;

    public static CellTemplate Read(JsonObject json, string path, FaultList faults)
    {
        var fields = new JsonFields(json, path, faults);
        var reason = fields.Text("notReproducible");
        var trains = reason is null;
        var axis = fields.Text("axis", required: trains);
        if (axis is not null && RobustnessAxisName.Parse(axis) is null)
        {
            faults.Add(fields.Path("axis"), $"\"{axis}\" is not allowed; give b0 or lr.");
        }

        var template = new CellTemplate
        {
            NotReproducible = reason,
            Workload = fields.Text("workload", required: trains) ?? "",
            WorkloadOptions = Copy(fields.Object("workloadOptions")),
            Optimizer = fields.Text("optimizer", required: trains) ?? "",
            Axis = RobustnessAxisName.Parse(axis) ?? default,
            OptimizerOptions = Copy(fields.Object("options")),
            Values = Values(fields, trains, faults),
            BatchSize = fields.Whole("batchSize", 1, int.MaxValue),
            Length = new RunLength(fields.Whole("epochs", 1, MostEpochs), fields.Whole("iterations", 1, int.MaxValue)),
            Runs = fields.Whole("runs", 1, MostRuns) ?? 1,
            Statistic = StatisticReader.Read(fields.Object("statistic") ?? [], fields.Path("statistic"), faults),
        };
        if (fields.Whole("publishedRuns", 1, MostRuns) is { } published)
        {
            template = template with { PublishedRuns = published };
        }

        fields.RefuseUnknown();
        Check(template, fields, faults);
        return template;
    }

    private static void Check(CellTemplate template, JsonFields fields, FaultList faults)
    {
        if (template.NotReproducible is not null)
        {
            return;
        }

        if ((template.Length.Epochs is null) == (template.Length.Iterations is null))
        {
            faults.Add(fields.Path("epochs"), "stands alone or in place of iterations; give exactly one of the two.");
        }

        if (!template.Statistic.IsOverAxis && template.Values.Count > 1)
        {
            faults.Add(fields.Path("values"), $"has {template.Values.Count} values, but \"{template.Statistic.Meaning}\" is of one; give one.");
        }
    }

    private static List<double> Values(JsonFields fields, bool required, FaultList faults)
    {
        var values = new List<double>();
        foreach (var node in fields.List("values", "axis value", required) ?? [])
        {
            if (node is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.TryGetValue<double>(out var value)
                && double.IsFinite(value) && value > 0 && !values.Contains(value))
            {
                values.Add(value);
            }
            else
            {
                faults.Add(fields.Path("values"), $"{Quoted.Json(node)} is not allowed; give different finite numbers greater than 0.");
            }
        }

        return values;
    }

    private static JsonObject Copy(JsonObject? json) => json?.DeepClone().AsObject() ?? [];
}
