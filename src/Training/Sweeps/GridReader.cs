using System.Text.Json;
using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;

namespace Stepsize.Training.Sweeps;

/// <summary>Reads one optimizer's row of a specification.</summary>
internal static class GridReader
{
    public static OptimizerGrid? Read(JsonObject json, string path, FaultList faults, bool isStored = false)
    {
        var before = faults.Count;
        var fields = new JsonFields(json, path, faults);
        var id = fields.Text("id", required: true);
        var optimizer = OptimizerRegistry.Find(id);
        if (id is not null && optimizer is null)
        {
            faults.Add(fields.Path("id"), $"\"{id}\" is unknown;{NearestName.Question(id, OptimizerRegistry.All.Select(o => o.Id))} allowed: {string.Join(", ", OptimizerRegistry.All.Select(o => o.Id))}.");
        }

        var axis = ReadAxis(fields, optimizer, faults);
        var values = ReadValues(fields, faults);
        var given = fields.Object("options");
        var options = optimizer is null ? OptionSet.Empty : OptionSet.Resolve(optimizer.Options, given, fields.Path("options"), faults, isStored);
        fields.RefuseUnknown();
        if (faults.Count > before || optimizer is null)
        {
            return null;
        }

        optimizer.Check(options, axis, fields.Path("options"), faults);
        return new OptimizerGrid(optimizer, axis, values, options);
    }

    private static RobustnessAxis ReadAxis(JsonFields fields, OptimizerDefinition? optimizer, FaultList faults)
    {
        var text = fields.Text("axis");
        if (optimizer is null)
        {
            return default;
        }

        var axis = text is null ? optimizer.Axes[0] : RobustnessAxisName.Parse(text);
        if (axis is { } known && optimizer.Axes.Contains(known))
        {
            return known;
        }

        faults.Add(fields.Path("axis"), $"\"{text}\" is not an axis of {optimizer.Id}; allowed: {string.Join(", ", optimizer.Axes.Select(RobustnessAxisName.Of))}.");
        return default;
    }

    private static List<double> ReadValues(JsonFields fields, FaultList faults)
    {
        var values = new List<double>();
        var seen = new HashSet<double>();
        var list = fields.List("values", "axis value", required: true);
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            var field = $"{fields.Path("values")}[{i}]";
            if (list![i] is not JsonValue node || node.GetValueKind() != JsonValueKind.Number || Number(node) is not { } value || !double.IsFinite(value) || value <= 0)
            {
                faults.Add(field, $"{Quoted.Json(list[i])} is not allowed; give a finite number greater than 0{NumberRemark.ForDecimal(list[i])}.");
            }
            else if (!seen.Add(value))
            {
                faults.Add(field, $"{Quoted.Json(node)} is there twice; give each value once.");
            }
            else
            {
                values.Add(value);
            }
        }

        return values;
    }

    private static double? Number(JsonValue node) =>
        node.TryGetValue<double>(out var number) ? number : node.TryGetValue<int>(out var whole) ? whole : null;
}
