using Stepsize.Training.Analysis;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Statistics;

namespace Stepsize.Web.Views.Scales;

/// <summary>
/// Colours of a published table and of ours on one scale, so that equal numbers look equal: bright is better, as in heatmaps. Numbers that are not of one
/// kind (a row of each statistic, a column of each dataset) have a scale each.
/// </summary>
public sealed class PaperColors
{
    /// <summary>The least that a scale spans, in units of the last printed digit: differences that are not printed must not look like any.</summary>
    private const double LeastSpan = 20;

    private static readonly string[] KindsInRows = ["statistic"];
    private static readonly string[] KindsInColumns = ["dataset", "metric", "coordinate"];

    private readonly TableComparison _comparison;
    private readonly Dictionary<int, (double Worst, double Best)> _scales;

    public PaperColors(TableComparison comparison)
    {
        _comparison = comparison;
        _scales = comparison.Cells
            .SelectMany((row, r) => row.Select((cell, c) => (Key: Key(r, c), Row: r, Column: c, Cell: cell)))
            .GroupBy(x => x.Key)
            .ToDictionary(g => g.Key, g => Scale(g.Select(x => x.Cell)));
    }

    /// <summary>Whether the whole table has one scale, which a legend can show.</summary>
    public (double Worst, double Best)? Single => _scales.Count == 1 && HasColors ? _scales.Values.Single() : null;

    private bool HasColors => _comparison.Table.Better != TableOrder.Exact;

    /// <summary>Background and text colour; null where the table has no better and worse.</summary>
    public string? Style(int row, int column, double value) =>
        Color(row, column, value) is { } color ? $"background:rgb({color.R} {color.G} {color.B});color:{Cividis.InkOn(color)}" : null;

    /// <summary>Background; null where the table has no better and worse.</summary>
    public (byte R, byte G, byte B)? Color(int row, int column, double value)
    {
        if (!HasColors || !double.IsFinite(value))
        {
            return null;
        }

        var (worst, best) = _scales[Key(row, column)];
        return Cividis.At(worst == best ? 1 : (value - worst) / (best - worst));
    }

    private int Key(int row, int column) =>
        KindsInRows.Contains(_comparison.Table.RowAxis) ? row : KindsInColumns.Contains(_comparison.Table.ColumnAxis) ? column : 0;

    private (double Worst, double Best) Scale(IEnumerable<CellComparison> group)
    {
        var cells = group.ToList();
        double[] values = [.. cells.SelectMany(c => new[] { c.Published.Mean, c.Ours?.Value }).OfType<double>().Where(double.IsFinite)];
        if (values.Length == 0)
        {
            return (0, 0);
        }

        // Of accuracies over learning rates, little spread is better.
        var isSpread = cells[0].Template.Statistic is PeakOverAxis { Over: AxisSummary.StandardDeviation };
        var higher = _comparison.Table.Better == TableOrder.Higher && !isSpread;
        var span = Math.Max(values.Max() - values.Min(), LeastSpan * 2 * _comparison.Protocol.Rounding);
        return higher ? (values.Max() - span, values.Max()) : (values.Min() + span, values.Min());
    }
}
