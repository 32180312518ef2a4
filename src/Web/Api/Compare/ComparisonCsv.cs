using System.Globalization;
using System.Text;
using Stepsize.Training.Analysis;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Compare;

/// <summary>The cells of a comparison as comma-separated values: every number at full precision, NaN as an empty field.</summary>
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

    private static object[] Of(OptimizerGrid grid) => [grid.Optimizer.Id, grid.Options.ToJsonWithoutImplied(grid.Optimizer.Options).ToJsonString()];

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
        _ => CsvText.Field((string)value),
    };
}
