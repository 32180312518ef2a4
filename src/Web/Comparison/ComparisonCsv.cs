using System.Globalization;
using System.Text;
using Stepsize.Training.Analysis;
using Stepsize.Training.Comparison;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Components.Models;

namespace Stepsize.Web.Comparison;

/// <summary>The tables of a comparison as comma-separated values: every number at full precision, NaN as an empty field.</summary>
public static class ComparisonCsv
{
    /// <summary>The cells of all optimizers side by side.</summary>
    public static string Cells(ComparisonView view) => Write(
        ["sweep", "name", "workload", "optimizer", "options", "axis", "value", "measure", "statistic", "moment", "n", "mean", "half_width_95", "diverged", "runs"],
        from track in view.Tracks
        from cell in track.Cells(view.Measure, view.Statistic)
        select (object?[])[
            track.Sweep.Id, track.Sweep.Specification.Name, track.Sweep.Specification.Workload.Id, .. Of(track.Grid), RobustnessAxisName.Of(track.Grid.Axis), cell.AxisValue,
            .. What(view), cell.Value?.Count ?? 0, cell.Value?.Mean, cell.Value?.HalfWidth, cell.Diverged, cell.Seeds.Count,
        ]);

    /// <summary>The paired differences; nothing but the heading where nothing is subtracted.</summary>
    public static string Differences(ComparisonView view) => Write(
        ["sweep_a", "optimizer_a", "options_a", "sweep_b", "optimizer_b", "options_b", "axis", "value", "measure", "statistic", "moment", "scale", "n", "difference", "half_width_95",
         "common_seeds", "diverged_a_only", "diverged_b_only", "diverged_both"],
        from grid in view.Difference?.Grids ?? []
        from row in grid.Rows
        from cell in row.Cells
        where cell.State != DifferenceState.Missing
        select (object?[])[
            row.Pair.A.Sweep.Id, .. Of(row.Pair.A.Grid), row.Pair.B.Sweep.Id, .. Of(row.Pair.B.Grid), RobustnessAxisName.Of(grid.Axis), cell.AxisValue, .. What(view),
            grid.Scale == DifferenceScale.Decades ? "log10" : "plain", cell.Value?.Count ?? 0, cell.Value?.Mean, cell.Value?.HalfWidth, cell.CommonSeeds,
            cell.OnlyADiverged, cell.OnlyBDiverged, cell.BothDiverged,
        ]);

    /// <summary>The tuning budgets.</summary>
    public static string Budget(ComparisonView view) => Write(
        ["sweep", "optimizer", "options", "measure", "statistic", "moment", "values", "tried", "expected_best", "half_width_95", "seeds", "diverged_runs", "diverged_as"],
        from curve in view.Budgets
        from point in curve.Points
        select (object?[])[
            curve.Track.Sweep.Id, .. Of(curve.Track.Grid), .. What(view), curve.Values, point.Tried, point.Expected.Mean, point.Expected.HalfWidth, point.Expected.Count,
            curve.Diverged, curve.DivergedAs,
        ]);

    private static object[] Of(OptimizerGrid grid) => [grid.Optimizer.Id, grid.Options.ToJsonWithoutDefaults(grid.Optimizer.Options).ToJsonString()];

    private static object[] What(ComparisonView view) => [MeasureText.Slug(view.Measure), view.Statistic.Slug, view.Moment.Slug];

    private static string Write(IReadOnlyList<string> heading, IEnumerable<object?[]> rows)
    {
        var text = new StringBuilder().AppendJoin(',', heading).Append("\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Field(object? value) => value switch
    {
        null => "",
        double number => double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable whole => whole.ToString(null, CultureInfo.InvariantCulture),
        _ => Text((string)value),
    };

    /// <summary>Quoted; what a spreadsheet would take for a formula gets an apostrophe before it.</summary>
    private static string Text(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
