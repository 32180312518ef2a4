using System.Globalization;
using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;
using Stepsize.Web.Components.Models;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Figures.Tables;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>How robust each optimizer of a sweep is to its axis.</summary>
internal static class SummaryExhibit
{
    private const string AccuracyNote =
        "Width: decades of the axis, contiguous around an optimizer's best cell, in which it stays within 1 point of the best of all optimizers; straight between cells, "
        + "ending before any diverged one, and ≥ where it reaches the edge of the grid. Mean, median, worst and std are over the cells that have a result.";

    private const string OtherNote = "Mean, median, worst and std are over the cells that have a result; diverged runs are counted beside them.";

    public static Exhibit Of(SweepView view)
    {
        var shown = Shown(view);
        return new Exhibit(
            Exhibit.Slug(view.Detail.Summary.Name, "robustness", MeasureText.Slug(view.Measure), view.WhenSlug),
            TableSvg.Render(shown, $"A table of {shown.Rows.Count} optimizers by the statistics of their results over the values of their axis."),
            shown,
            Data(view));
    }

    private static string Title(SweepView view) => $"{view.Detail.Summary.Name}: robustness, {MeasureText.Caption(view.Measure)}, {view.When}";

    private static DataTable Shown(SweepView view)
    {
        var isAccuracy = view.Measure.IsAccuracy();
        var columns = new List<DataColumn> { new("optimizer", ColumnKind.Text), new("best"), new("at") };
        if (isAccuracy)
        {
            columns.AddRange([new("width, decades"), new("within 1 point of the best", ColumnKind.Band)]);
        }

        columns.AddRange([new("mean"), new("median"), new("worst"), new("std"), new("diverged")]);
        return new DataTable(Title(view), columns, [.. view.Summaries.Select(r => Row(view, r, isAccuracy))], isAccuracy ? AccuracyNote : OtherNote);
    }

    private static DataCell[] Row(SweepView view, RobustnessRow row, bool isAccuracy)
    {
        var axis = SweepView.AxisTitle(view.Detail.Specification.Optimizers[row.Row].Axis);
        var cells = new List<DataCell>
        {
            new(view.RowTitles[row.Row]),
            Number(view, row.Best),
            double.IsFinite(row.BestAt) ? new DataCell($"{axis} = {NumberText.Axis(row.BestAt)}", row.BestAt) : DataCell.Empty,
        };
        if (isAccuracy)
        {
            cells.Add(row.Band is { } band ? new DataCell(NumberText.Decades(band), band.Decades) : new DataCell("none"));
            cells.Add(Band(view, row, axis));
        }

        cells.AddRange([Number(view, row.Mean), Number(view, row.Median), Number(view, row.Worst), Spread(view, row), new DataCell(row.Diverged == 0 ? "0" : $"{row.Diverged} of {row.Runs}", row.Diverged)]);
        return [.. cells];
    }

    /// <summary>Every number by itself.</summary>
    private static DataTable Data(SweepView view) => new(
        Title(view),
        [
            new DataColumn("optimizer", ColumnKind.Text), new DataColumn("measure", ColumnKind.Text), new DataColumn("moment", ColumnKind.Text), new DataColumn("best"),
            new DataColumn("axis", ColumnKind.Text), new DataColumn("best at"), new DataColumn("width in decades"), new DataColumn("width reaches the edge", ColumnKind.Text),
            new DataColumn("from"), new DataColumn("to"), new DataColumn("mean"), new DataColumn("median"), new DataColumn("worst"), new DataColumn("std"), new DataColumn("diverged"), new DataColumn("runs"),
        ],
        [
            .. view.Summaries.Select(row => (IReadOnlyList<DataCell>)[
                new DataCell(view.RowTitles[row.Row]), new DataCell(MeasureText.Title(view.Measure)), new DataCell(view.When), Number(view, row.Best),
                new DataCell(view.Detail.Specification.Optimizers[row.Row].Axis == Training.Optimizers.RobustnessAxis.B0 ? "b0" : "lr"), Plain(row.BestAt),
                row.Band is { } band ? new DataCell(NumberText.Decades(band), band.Decades) : DataCell.Empty,
                new DataCell(row.Band is { } edge ? edge.IsAtLeast ? "yes" : "no" : ""),
                Plain(row.Band?.From), Plain(row.Band?.To), Number(view, row.Mean), Number(view, row.Median), Number(view, row.Worst), Spread(view, row),
                DataCell.Count(row.Diverged), DataCell.Count(row.Runs),
            ]),
        ]);

    private static DataCell Band(SweepView view, RobustnessRow row, string axis)
    {
        var columns = view.Grids.First(g => g.Axis == view.Detail.Specification.Optimizers[row.Row].Axis).Columns;
        var scale = AxisScale.Logarithmic(columns[0], columns[^1], 0, 1);
        var words = row.Band is { } band ? $"from {axis} = {NumberText.Axis(band.From)} to {NumberText.Axis(band.To)}" : "nowhere";
        return new DataCell(words, null, new AxisBand(
            row.Band is { } from ? scale.At(from.From) : null,
            row.Band is { } to ? scale.At(to.To) : null,
            double.IsFinite(row.BestAt) ? scale.At(row.BestAt) : null,
            [.. columns.Select(scale.At)],
            words));
    }

    private static DataCell Number(SweepView view, double value) => double.IsFinite(value) ? new DataCell(NumberText.Of(view.Measure, value), value) : DataCell.Empty;

    private static DataCell Spread(SweepView view, RobustnessRow row) =>
        double.IsFinite(row.StandardDeviation) ? new DataCell(NumberText.Spread(view.Measure, row.StandardDeviation), row.StandardDeviation) : DataCell.Empty;

    private static DataCell Plain(double? value) => value is { } number && double.IsFinite(number) ? new DataCell(NumberText.Axis(number), number) : DataCell.Empty;
}
