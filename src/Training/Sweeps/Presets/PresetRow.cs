using System.Text.Json.Nodes;

namespace Stepsize.Training.Sweeps.Presets;

/// <summary>An optimizer and its grid, as the presets write it into a specification.</summary>
internal static class PresetRow
{
    /// <summary>Seeds of the presets that a processor finishes in minutes: with three, tables have intervals.</summary>
    public const string ThreeSeeds = "[0, 1, 2]";

    /// <summary>What no source of a network says, and what is taken: a difference of its presets.</summary>
    public const string UnsaidStart = "The source gives neither the initial weights nor the scale of the pixels: PyTorch's defaults, and [0, 1].";

    /// <summary>A row over b₀, or over <c>lr</c> where <paramref name="axis"/> says so.</summary>
    public static JsonObject Over(string axis, IEnumerable<double> values, string optimizer, params (string Id, JsonNode Value)[] options)
    {
        var row = new JsonObject
        {
            ["id"] = optimizer,
            ["axis"] = axis,
            ["values"] = new JsonArray([.. values.Select(v => (JsonNode)v)]),
        };
        if (options.Length > 0)
        {
            row["options"] = new JsonObject(options.Select(o => KeyValuePair.Create(o.Id, (JsonNode?)o.Value)));
        }

        return row;
    }

    /// <summary>The sweep of <paramref name="json"/> with these rows as its optimizers.</summary>
    public static SweepSpecification Sweep(string json, params JsonObject[] rows)
    {
        var sweep = JsonNode.Parse(json)!.AsObject();
        sweep["optimizers"] = new JsonArray([.. rows]);
        return SpecificationReader.Read(sweep);
    }

    /// <summary>The epochs 1 to <paramref name="last"/> as a JSON list: a curve over epochs, or the best of them, needs all.</summary>
    public static string Epochs(int last) => $"[{string.Join(", ", Enumerable.Range(1, last))}]";
}
