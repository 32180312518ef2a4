using System.Globalization;
using System.Text.Json.Nodes;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Components.Forms;

/// <summary>One optimizer of the form, as typed.</summary>
public sealed class RowDraft
{
    /// <summary>More values than this in one range are a typing error.</summary>
    public const int MaximumCount = 200;

    public RowDraft(OptimizerDefinition optimizer)
    {
        Optimizer = optimizer;
        SetAxis(optimizer.Axes[0]);
        Options = new OptionDraft(optimizer.Options);
    }

    /// <summary>Stays the same while the row is moved or edited.</summary>
    public Guid Key { get; } = Guid.NewGuid();

    public OptimizerDefinition Optimizer { get; }

    public RobustnessAxis Axis { get; private set; }

    public OptionDraft Options { get; }

    /// <summary>Whether the values are a logarithmic range rather than a list.</summary>
    public bool IsRange { get; set; } = true;

    public string From { get; set; } = "";

    public string To { get; set; } = "";

    public string Count { get; set; } = "";

    public string List { get; set; } = "";

    public static RowDraft Of(OptimizerGrid grid)
    {
        var row = new RowDraft(grid.Optimizer) { Axis = grid.Axis };
        row.Options.Set(grid.Options);
        row.List = string.Join(", ", grid.Values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        row.IsRange = grid.Values.Count > 2 && LogarithmicGrid.Values(grid.Values[0], grid.Values[^1], grid.Values.Count).SequenceEqual(grid.Values);
        if (row.IsRange)
        {
            row.From = grid.Values[0].ToString("R", CultureInfo.InvariantCulture);
            row.To = grid.Values[^1].ToString("R", CultureInfo.InvariantCulture);
            row.Count = grid.Values.Count.ToString(CultureInfo.InvariantCulture);
        }

        return row;
    }

    /// <summary>With a range that is usual for the axis.</summary>
    public void SetAxis(RobustnessAxis axis)
    {
        Axis = axis;
        (From, To, Count) = axis == RobustnessAxis.B0 ? ("0.001", "1000", "7") : ("0.0001", "1", "5");
    }

    /// <summary>From a range to the list of its values, so that single ones can be changed, and back to the range as it was.</summary>
    public void SetMode(bool isRange)
    {
        if (!isRange && IsRange && Range(new FaultList(), "") is { } values)
        {
            List = string.Join(", ", values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        }

        IsRange = isRange;
    }

    /// <param name="path">Of this row, such as <c>optimizers[0]</c>.</param>
    /// <param name="faults">Gets what is wrong with the range; the list is checked with the whole specification.</param>
    public JsonObject ToJson(string path, FaultList faults)
    {
        var values = IsRange
            ? new JsonArray([.. (Range(faults, path) ?? []).Select(v => (JsonNode)v)])
            : DraftText.List(List);
        var json = new JsonObject { ["id"] = Optimizer.Id, ["axis"] = RobustnessAxisName.Of(Axis), ["values"] = values };
        if (Options.ToJson() is { Count: > 0 } options)
        {
            json["options"] = options;
        }

        return json;
    }

    private IReadOnlyList<double>? Range(FaultList faults, string path)
    {
        var from = Positive(From, path + ".from", faults);
        var to = Positive(To, path + ".to", faults);
        if (!int.TryParse(Count, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MaximumCount)
        {
            faults.Add(path + ".count", $"\"{Count}\" is not allowed; give a whole number from 1 to {MaximumCount}.");
            return null;
        }

        return from is { } first && to is { } last ? LogarithmicGrid.Values(first, last, count) : null;
    }

    private static double? Positive(string text, string field, FaultList faults)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value > 0)
        {
            return value;
        }

        faults.Add(field, $"\"{text}\" is not allowed; give a finite number greater than 0{(text.Contains(',', StringComparison.Ordinal) ? ", with a point before its decimals" : "")}.");
        return null;
    }
}
