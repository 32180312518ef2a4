using Stepsize.Training.Optimizers;
using Stepsize.Training.Robustness;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>How robust each optimizer of a sweep is to its initial stepsize.</summary>
internal static class SummaryExhibit
{
    /// <summary>The statistic that the drawn band stands behind.</summary>
    private const string BandAfter = "ownWidth";

    public static Exhibit Of(SweepView view)
    {
        var shown = Shown(view);
        return new Exhibit(
            Exhibit.Slug(view.Detail.Summary.Name, "robustness", MeasureText.Slug(view.Measure), view.WhenSlug),
            TableSvg.Render(shown, $"A table of {shown.Rows.Count} optimizers by the statistics of their results over the values of their axis."),
            shown,
            SweepTables.WithWarning(view, Data(view)));
    }

    private static string Title(SweepView view) => $"{view.Detail.Summary.Name}: robustness, {MeasureText.Caption(view.Measure)}, {view.When}{SweepTables.Warning(view)}";

    private static DataTable Shown(SweepView view)
    {
        var columns = SummaryColumns.Of(view.Robustness);
        return new DataTable(
            Title(view),
            [
                new("optimizer", ColumnKind.Text),
                .. columns.SelectMany(c => c.Name == BandAfter
                    ? new[] { new DataColumn(c.Title), new(ToleranceText.Within(view.Tolerance, "the best"), ColumnKind.Band) }
                    : [new DataColumn(c.Title)]),
            ],
            [
                .. view.Summaries.Select(row => (IReadOnlyList<DataCell>)[
                    new(view.RowTitles[row.Row]),
                    .. columns.SelectMany(c => c.Name == BandAfter ? new[] { c.Cell(row), Band(view, row) } : [c.Cell(row)]),
                ]),
            ],
            SummaryColumns.Definitions(view.Robustness));
    }

    /// <summary>Every number by itself.</summary>
    private static DataTable Data(SweepView view)
    {
        var columns = RobustnessNumbers.All;
        return new DataTable(
            Title(view),
            [
                new DataColumn("optimizer", ColumnKind.Text), new DataColumn("measure", ColumnKind.Text), new DataColumn("moment", ColumnKind.Text),
                new DataColumn("axis", ColumnKind.Text), new DataColumn("tolerance", ColumnKind.Text),
                .. columns.Select(c => new DataColumn(c.Name)),
            ],
            [
                .. view.Summaries.Select(row => (IReadOnlyList<DataCell>)[
                    new DataCell(view.RowTitles[row.Row]), new DataCell(MeasureText.Title(view.Measure)), new DataCell(view.When),
                    new DataCell(RobustnessAxisName.Of(view.Robustness.AxisOf(row))), new DataCell(view.Tolerance.Slug),
                    .. columns.Select(c => c.Value(view.Robustness.Study, row) is { } number ? new DataCell(NumberText.Axis(number), number) : DataCell.Empty),
                ]),
            ]);
    }

    private static DataCell Band(SweepView view, RobustnessRow row)
    {
        var axis = view.Robustness.AxisOf(row);
        var columns = view.Grids.First(g => g.Axis == axis).Columns;
        var scale = AxisScale.Logarithmic(columns[0], columns[^1], 0, 1);
        var words = row.Band is { } band ? $"from {SweepView.AxisTitle(axis)} = {NumberText.Axis(band.From)} to {NumberText.Axis(band.To)}" : "nowhere";
        return new DataCell(words, null, new AxisBand(
            row.Band is { } from ? scale.At(from.From) : null,
            row.Band is { } to ? scale.At(to.To) : null,
            double.IsFinite(row.BestAt) ? scale.At(row.BestAt) : null,
            [.. columns.Select(scale.At)],
            words));
    }
}
