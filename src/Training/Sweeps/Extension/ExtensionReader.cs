using System.Text.Json.Nodes;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Sweeps.Extension;

/// <summary>
/// Reads an extension: <c>{ "optimizers": [ { "id", "axis", "values", "options" } ], "seeds": [ … ], "epochs": 10 }</c>, each field as in a
/// specification and none of them required, but at least one.
/// </summary>
public static class ExtensionReader
{
    private const int MaximumLength = 100_000_000;

    /// <exception cref="InvalidInputException">The text is not JSON, or anything in it is not allowed; names every fault.</exception>
    public static SweepExtension Parse(string text)
    {
        SpecificationLimits.CheckText(text);
        return StrictJson.Parse(text) is JsonObject json
            ? Read(json)
            : throw new InvalidInputException("", "An extension is a JSON object: { \"optimizers\": [ … ], \"seeds\": [ … ], \"epochs\": … }.");
    }

    /// <exception cref="InvalidInputException">Anything is not allowed; names every fault.</exception>
    public static SweepExtension Read(JsonObject json)
    {
        SpecificationLimits.CheckLists(json);
        var faults = new FaultList();
        var fields = new JsonFields(json, "", faults);
        var extension = new SweepExtension
        {
            Optimizers = ReadGrids(fields, faults),
            Seeds = fields.WholeNumbers("seeds", "seed", 0, int.MaxValue) ?? [],
            Epochs = fields.Whole("epochs", 1, MaximumLength),
            Iterations = fields.Whole("iterations", 1, MaximumLength),
        };
        fields.RefuseUnknown();
        if (faults.Count == 0 && extension is { Optimizers: [], Seeds: [], Epochs: null, Iterations: null })
        {
            faults.Add("", "The extension adds nothing; give optimizers with values, seeds, or a greater number of epochs or iterations.");
        }

        faults.ThrowIfAny();
        return extension;
    }

    private static List<OptimizerGrid> ReadGrids(JsonFields fields, FaultList faults)
    {
        var grids = new List<OptimizerGrid>();
        var list = fields.List("optimizers", "optimizer", required: false);
        for (var i = 0; i < (list?.Count ?? 0); i++)
        {
            if (list![i] is not JsonObject item)
            {
                faults.Add($"optimizers[{i}]", $"{Quoted.Json(list[i])} is not allowed; give an object with id and values.");
            }
            else if (GridReader.Read(item, $"optimizers[{i}]", faults) is { } grid)
            {
                grids.Add(grid);
            }
        }

        return grids;
    }
}
