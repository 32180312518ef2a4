using System.Globalization;
using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Extension;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Forms;

/// <summary>An extension of a sweep, as typed. Faults carry the names of the form's fields.</summary>
public sealed class ExtensionDraft
{
    public const string SeedsField = "seeds";
    public const string LengthField = "length";
    public const string OptimizerField = "optimizer";

    private readonly SweepSpecification _sweep;

    public ExtensionDraft(SweepSpecification sweep)
    {
        _sweep = sweep;
        Axes = [.. sweep.Optimizers.Select(o => o.Axis).Distinct()];
        Values = Axes.ToDictionary(a => a, _ => "");
    }

    /// <summary>Axes of the sweep's rows.</summary>
    public IReadOnlyList<RobustnessAxis> Axes { get; }

    /// <summary>Values to add to every row with the axis.</summary>
    public Dictionary<RobustnessAxis, string> Values { get; }

    public string Seeds { get; set; } = "";

    public string Length { get; set; } = "";

    /// <summary>An optimizer to add, with its default options; null for none.</summary>
    public OptimizerDefinition? Optimizer { get; private set; }

    public string OptimizerValues { get; set; } = "";

    public bool IsEmpty =>
        Optimizer is null && string.IsNullOrWhiteSpace(Seeds) && string.IsNullOrWhiteSpace(Length) && Values.Values.All(string.IsNullOrWhiteSpace);

    /// <summary>Names of the fields that the form has.</summary>
    public IReadOnlyList<string> Fields => [.. Axes.Select(FieldOf), SeedsField, LengthField, OptimizerField];

    public static string FieldOf(RobustnessAxis axis) => $"values of {RobustnessAxisName.Of(axis)}";

    /// <summary>Values of an axis that the sweep has, in words.</summary>
    public string There(RobustnessAxis axis) => string.Join(", ", Known(axis).Select(v => NumberText.Axis(v, Known(axis))));

    /// <summary>With the values that the sweep has on the optimizer's axis.</summary>
    /// <param name="id">Null, empty or unknown for none.</param>
    public void Choose(string? id)
    {
        Optimizer = OptimizerRegistry.Find(id);
        OptimizerValues = Optimizer is null ? "" : string.Join(", ", Known(Optimizer.Axes[0]).Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
    }

    /// <exception cref="InvalidInputException">Anything is not allowed; names every fault.</exception>
    public SweepExtension Read()
    {
        var rows = new List<(string Field, JsonObject Json)>();
        foreach (var grid in _sweep.Optimizers.Where(g => !string.IsNullOrWhiteSpace(Values[g.Axis])))
        {
            rows.Add((FieldOf(grid.Axis), Row(grid.Optimizer, grid.Axis, Values[grid.Axis], grid.Options.ToJson())));
        }

        if (Optimizer is not null)
        {
            rows.Add((OptimizerField, Row(Optimizer, Optimizer.Axes[0], OptimizerValues, options: null)));
        }

        var length = _sweep.Epochs is null ? "iterations" : "epochs";
        var json = new JsonObject();
        if (rows.Count > 0)
        {
            json["optimizers"] = new JsonArray([.. rows.Select(r => r.Json)]);
        }

        if (!string.IsNullOrWhiteSpace(Seeds))
        {
            json["seeds"] = DraftText.WholeNumbers(Seeds);
        }

        if (!string.IsNullOrWhiteSpace(Length))
        {
            json[length] = DraftText.Count(Length);
        }

        try
        {
            var extension = ExtensionReader.Read(json);
            _ = ExtendedSweep.Of(_sweep, extension);
            return extension;
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException([.. e.Faults.Select(f => f with { Field = Field(f.Field, [.. rows.Select(r => r.Field)], length) }).Distinct()], e.Unnamed);
        }
    }

    private static JsonObject Row(OptimizerDefinition optimizer, RobustnessAxis axis, string values, JsonObject? options)
    {
        var json = new JsonObject { ["id"] = optimizer.Id, ["axis"] = RobustnessAxisName.Of(axis), ["values"] = DraftText.List(values) };
        if (options is not null)
        {
            json["options"] = options;
        }

        return json;
    }

    /// <summary>The form's name for a field of the extension.</summary>
    private static string Field(string field, string[] rows, string length)
    {
        if (field.StartsWith("optimizers[", StringComparison.Ordinal)
            && int.TryParse(field["optimizers[".Length..field.IndexOf(']', StringComparison.Ordinal)], NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            && row < rows.Length)
        {
            return rows[row];
        }

        return field == length ? LengthField : field.StartsWith("seeds", StringComparison.Ordinal) ? SeedsField : field;
    }

    private IEnumerable<double> Known(RobustnessAxis axis) => _sweep.Optimizers.Where(o => o.Axis == axis).SelectMany(o => o.Values).Distinct().Order();
}
