using Stepsize.Training.Comparison;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>The heatmap of differences between two sides, paired by seed.</summary>
internal static class DifferenceExhibit
{
    private const int LegendStops = 32;

    /// <param name="axis"><c>b0</c> or <c>lr</c>; null, or an axis without differences, for the first.</param>
    /// <returns>Null where there is nothing to subtract.</returns>
    public static Exhibit? Of(ComparisonView view, string? axis)
    {
        if (view.Difference is not { Grids: [var first, ..] } difference)
        {
            return null;
        }

        var grid = difference.Grids.FirstOrDefault(g => SweepTables.AxisName(g.Axis) == axis) ?? first;
        var title = $"{view.TitleOf(difference.A)} minus {view.TitleOf(difference.B)}";
        var protocol = difference.Fields.Where(f => f.IsProtocol).Select(f => f.Name).ToList();
        var caption = $"A − B: {DifferenceText.Caption(grid.Measure, grid.Scale)}, {view.Moment.Title}, by {SweepView.AxisTitle(grid.Axis)}; mean over common seeds ± 95% Student t interval."
            + $" A = {Names(view, difference.A)}, B = {Names(view, difference.B)}."
            + (protocol.Count == 0 ? "" : $" Their protocols differ: {string.Join(", ", protocol)}.");
        var cells = grid.Rows.SelectMany(r => r.Cells).ToList();
        var figure = new ColorTableFigure
        {
            Title = char.ToUpperInvariant(title[0]) + title[1..],
            Caption = caption,
            Description = $"Differences of {MeasureText.Title(grid.Measure)} in {grid.Rows.Count} rows by {grid.Columns.Count} values of {SweepView.AxisTitle(grid.Axis)}. "
                + $"{cells.Count(c => c.IsClear == true)} of {cells.Count(c => c.Value is not null)} measured differences are clear of zero; {cells.Count(c => c.Diverged > 0)} cells have a diverged seed.",
            Corner = "optimizer",
            Columns = [.. grid.Columns.Select(c => NumberText.Axis(c, grid.Columns))],
            Rows = [.. grid.Rows.Select(r => (DifferenceText.Title(view, r.Pair), (IReadOnlyList<ColorCell>)[.. r.Cells.Select(c => Cell(grid, c, difference.Colors))]))],
            Legend = difference.Colors is not { } colors ? null : new ColorLegend(
                colors.Ends(v => DifferenceText.Of(grid, v)).Low, colors.Ends(v => DifferenceText.Of(grid, v)).High,
                [.. Enumerable.Range(0, LegendStops).Select(i => colors.At(colors.Extent * ((2.0 * i / (LegendStops - 1)) - 1)))],
                "hatched: diverged; dashed: no result on one side; *: zero lies outside the interval"),
        };
        return new Exhibit(
            Exhibit.Slug("difference", difference.A.ToString(), difference.B.ToString(), MeasureText.Slug(grid.Measure), SweepTables.AxisName(grid.Axis)),
            ColorTableSvg.Render(figure), Shown(view, grid, figure), Data(view, grid, figure.Title));
    }

    private static string Names(ComparisonView view, ComparisonSide side) =>
        $"{view.TitleOf(side)} ({view.Details.First(d => d.Summary.Id == side.SweepId).Summary.Name})";

    private static ColorCell Cell(DifferenceGrid grid, DifferenceCell cell, DivergingScale? colors)
    {
        var text = DifferenceText.Short(grid, cell) + (cell.IsClear == true ? "*" : "");
        var half = cell.Value is { HalfWidth: var width } && double.IsFinite(width) ? "±" + DifferenceText.Spread(grid, width) : "";
        return cell.State switch
        {
            DifferenceState.Measured => new ColorCell([new CellPart(text, half, CellFill.Color, colors!.At(cell.Value!.Mean))], HasCorner: cell.Diverged > 0),
            DifferenceState.OnlyADiverged or DifferenceState.OnlyBDiverged or DifferenceState.BothDiverged => new ColorCell([new CellPart(text, "", CellFill.Hatched)]),
            _ => new ColorCell([new CellPart(text, "", CellFill.None)]),
        };
    }

    private static DataTable Shown(ComparisonView view, DifferenceGrid grid, ColorTableFigure figure) => new(
        figure.Title,
        [new DataColumn("optimizer", ColumnKind.Text), .. grid.Columns.Select(c => new DataColumn($"{SweepView.AxisTitle(grid.Axis)} = {NumberText.Axis(c, grid.Columns)}"))],
        [
            .. grid.Rows.Select(row => (IReadOnlyList<DataCell>)[
                new DataCell(DifferenceText.Title(view, row.Pair)),
                .. row.Cells.Select(c => new DataCell(
                    DifferenceText.Short(grid, c) + (c.Value is { HalfWidth: var half } && double.IsFinite(half) ? " ± " + DifferenceText.Spread(grid, half) : ""), c.Value?.Mean)),
            ]),
        ],
        figure.Caption);

    private static DataTable Data(ComparisonView view, DifferenceGrid grid, string title) => new(
        title,
        [
            new DataColumn("A", ColumnKind.Text), new DataColumn("B", ColumnKind.Text), new DataColumn(SweepTables.AxisName(grid.Axis)), new DataColumn("measure", ColumnKind.Text),
            new DataColumn("scale", ColumnKind.Text), new DataColumn("difference"), new DataColumn("half width"), new DataColumn("pairs"),
            new DataColumn("common seeds"), new DataColumn("only A diverged"), new DataColumn("only B diverged"), new DataColumn("both diverged"),
        ],
        [
            .. grid.Rows.SelectMany(row => row.Cells.Select(cell => (IReadOnlyList<DataCell>)[
                new DataCell(view.TitleOf(row.Pair.A)), new DataCell(view.TitleOf(row.Pair.B)), new DataCell(NumberText.Axis(cell.AxisValue, grid.Columns), cell.AxisValue),
                new DataCell(MeasureText.Title(grid.Measure)), new DataCell(grid.Scale == DifferenceScale.Decades ? "decades" : "plain"),
                cell.Value is { } value ? new DataCell(DifferenceText.Of(grid, value.Mean), value.Mean) : DataCell.Empty,
                cell.Value is { HalfWidth: var half } && double.IsFinite(half) ? new DataCell(DifferenceText.Spread(grid, half), half) : DataCell.Empty,
                DataCell.Count(cell.Pairs.Count), DataCell.Count(cell.CommonSeeds), DataCell.Count(cell.OnlyADiverged), DataCell.Count(cell.OnlyBDiverged), DataCell.Count(cell.BothDiverged),
            ])),
        ]);
}
