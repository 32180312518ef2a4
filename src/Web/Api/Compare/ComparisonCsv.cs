using Stepsize.Training.Analysis;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Compare;

/// <summary>The cells of a comparison as comma-separated values, a row for each optimizer and axis value.</summary>
public static class ComparisonCsv
{
    private static readonly DataColumn[] Columns =
    [
        .. new[] { "sweep", "name", "workload", "optimizer", "options", "axis", "value", "measure", "statistic", "at", "seeds", "mean", "half width", "diverged", "runs" }
            .Select(title => new DataColumn(title, ColumnKind.Text)),
    ];

    /// <summary>The cells of all optimizers side by side.</summary>
    public static string Cells(ComparisonView view) => CsvText.Of(new DataTable(
        "Cells",
        Columns,
        [
            .. from track in view.Tracks
               from cell in track.Cells(view.Measure, view.Statistic)
               select (IReadOnlyList<DataCell>)[
                   DataCell.Count(track.Sweep.Id), new(track.Sweep.Specification.Name), new(track.Sweep.Specification.Workload.Id), .. Of(track.Grid), new(RobustnessAxisName.Of(track.Grid.Axis)),
                   new("", cell.AxisValue), new(MeasureText.Slug(view.Measure)), new(view.Statistic.Slug), new(view.Moment.Slug), DataCell.Count(cell.Value?.Count ?? 0),
                   new("", cell.Value?.Mean), new("", cell.Value?.HalfWidth), DataCell.Count(cell.Diverged), DataCell.Count(cell.Seeds.Count),
               ],
        ]));

    private static DataCell[] Of(OptimizerGrid grid) => [new(grid.Optimizer.Id), new(grid.Options.ToJsonWithoutImplied(grid.Optimizer.Options).ToJsonString())];
}
