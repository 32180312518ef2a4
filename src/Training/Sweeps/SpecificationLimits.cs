using System.Text.Json.Nodes;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Sweeps;

/// <summary>
/// How large what people ask for may be. Checked by counting alone, before anything is read in detail: a list of a million wrong values is refused as a list,
/// at once and in one sentence.
/// </summary>
public static class SpecificationLimits
{
    /// <summary>Of the JSON text, in characters and in bytes of a file or request: a hundred thousand axis values take half of it.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>More runs than this are refused: a typing error more likely than a wish.</summary>
    public const int MostRuns = 100_000;

    /// <summary>Rows of a sweep: optimizers with their options.</summary>
    public const int MostRows = 1000;

    /// <summary>Moments of evaluation of each kind, epochs and iterations; each is measured over whole sets and is a step of the page's slider.</summary>
    public const int MostMoments = 1000;

    /// <summary>Evaluations of a sweep: moments times runs, each a row of the database.</summary>
    public const long MostEvaluations = 10_000_000;

    /// <summary>Numbers that a sweep's iterates may take: parameters times iterations times runs, eight bytes each.</summary>
    public const long MostIterateNumbers = 20_000_000;

    /// <exception cref="InvalidInputException">The text is longer than a specification may be.</exception>
    internal static void CheckText(string text)
    {
        if (text.Length > MostBytes)
        {
            throw new InvalidInputException("", $"This has {text.Length} characters; a specification has at most {MostBytes}. Split the sweep into several.");
        }
    }

    /// <exception cref="InvalidInputException">A list is longer than it may be, or the grid has too many runs; names every one.</exception>
    internal static void CheckLists(JsonObject json)
    {
        var faults = new FaultList();
        var rows = Length(json, "optimizers");
        if (rows > MostRows)
        {
            faults.Add("optimizers", $"has {rows} rows; give at most {MostRows}.");
        }

        var values = (json["optimizers"] as JsonArray)?.OfType<JsonObject>().Sum(row => (long)Length(row, "values")) ?? 0;
        var runs = values * Math.Max(1, Length(json, "seeds"));
        if (runs > MostRuns)
        {
            faults.Add("optimizers", $"the grid has {runs} runs; give at most {MostRuns}.");
        }
        else if (Length(json, "seeds") is > MostRuns and var seeds)
        {
            faults.Add("seeds", $"has {seeds} seeds; give at most {MostRuns}.");
        }

        foreach (var field in new[] { "evaluateAtEpochs", "evaluateAtIterations" })
        {
            if (Length(json, field) is > MostMoments and var moments)
            {
                faults.Add(field, $"has {moments} moments; give at most {MostMoments}.");
            }
        }

        faults.ThrowIfAny();
    }

    private static int Length(JsonObject json, string field) => (json[field] as JsonArray)?.Count ?? 0;
}
