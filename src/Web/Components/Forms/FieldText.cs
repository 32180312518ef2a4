using System.Globalization;
using System.Text.RegularExpressions;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Components.Forms;

/// <summary>Faults in the words of the form: a person sees labels there, and no paths of JSON.</summary>
public static partial class FieldText
{
    private const int PatienceMilliseconds = 1000;

    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["name"] = "Name",
        ["workload"] = "Workload",
        ["workloadOptions"] = "Workload options",
        ["optimizers"] = "Optimizers",
        ["seeds"] = "Seeds",
        ["batchSize"] = "Batch size",
        ["epochs"] = "Length in epochs",
        ["iterations"] = "Length in iterations",
        ["evaluateAtEpochs"] = "Evaluate after epochs",
        ["evaluateAtIterations"] = "Evaluate after iterations",
        ["stopWhenDiverged"] = "Stop a run at its first NaN or infinity",
        ["record"] = "Keep every iterate",
        ["values"] = "values",
        ["from"] = "from",
        ["to"] = "to",
        ["count"] = "number of values",
        ["axis"] = "axis",
        ["id"] = "name of the optimizer",
        ["options"] = "options",
    };

    /// <summary>A whole sentence: where, and what is wrong there.</summary>
    /// <param name="titles">Titles of the optimizers in their order, as far as they are known.</param>
    public static string Of(Fault fault, IReadOnlyList<string?> titles)
    {
        var label = LabelOf(fault.Field, titles);
        return label.Length == 0 ? fault.Message : $"{label}{(char.IsLower(fault.Message[0]) ? "" : ":")} {fault.Message}";
    }

    /// <summary>Such as <c>Optimizer 2 (AdaGrad-Norm), values, entry 3</c>.</summary>
    public static string LabelOf(string field, IReadOnlyList<string?> titles)
    {
        var parts = new List<string>();
        foreach (Match part in Parts().Matches(field))
        {
            var (name, index) = (part.Groups["name"].Value, part.Groups["index"].Value);
            var number = index.Length > 0 && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i) ? i : (int?)null;
            if (parts.Count == 0 && name == "optimizers" && number is { } row)
            {
                parts.Add(titles.ElementAtOrDefault(row) is { } title ? $"Optimizer {row + 1} ({title})" : $"Optimizer {row + 1}");
                continue;
            }

            parts.Add(Labels.GetValueOrDefault(name, name));
            if (number is { } entry)
            {
                parts.Add($"entry {entry + 1}");
            }
        }

        return string.Join(", ", parts);
    }

    /// <summary>Of a sweep's rows.</summary>
    public static IReadOnlyList<string?> Titles(SweepDraft draft) => [.. draft.Rows.Select(r => r.Optimizer.Title)];

    [GeneratedRegex(@"(?<name>[^.\[\]]+)(\[(?<index>\d+)\])?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, PatienceMilliseconds)]
    private static partial Regex Parts();
}
