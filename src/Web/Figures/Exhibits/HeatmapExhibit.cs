using Stepsize.Training.Analysis;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>The robustness heatmap of one grid of a sweep.</summary>
internal static class HeatmapExhibit
{
    private const int LegendStops = 32;

    /// <summary>From the worst to the best.</summary>
    public static IReadOnlyList<(byte R, byte G, byte B)> CividisStops { get; } = [.. Enumerable.Range(0, LegendStops).Select(i => Cividis.At(i / (LegendStops - 1.0)))];

    /// <param name="marks">Where the initial stepsize is 2/L; null where that is not known.</param>
    public static Exhibit Of(SweepView view, HeatmapGrid grid, StabilityMarks? marks)
    {
        var isNarrow = grid.Columns.Count > 14;
        StabilityLine[] lines = [.. (marks?.Lines ?? []).Where(l => grid.Rows.Any(r => Enumerable.Range(1, grid.Columns.Count - 1).Any(c => l.IsBefore(r.Row, grid.Columns, c))))];
        var figure = new ColorTableFigure
        {
            Title = view.Detail.Summary.Name,
            Caption = SweepTables.Caption(view, grid),
            Description = Description(view, grid),
            Corner = "optimizer",
            Columns = [.. grid.Columns.Select(c => NumberText.Axis(c, grid.Columns))],
            Rows = [.. grid.Rows.Select(row => (view.RowTitles[row.Row], (IReadOnlyList<ColorCell>)[.. row.Cells.Select((c, i) => Cell(view, c, isNarrow) with
            {
                HasLimit = lines.Any(l => !l.IsOfBatches && l.IsBefore(row.Row, grid.Columns, i)),
                HasBatchLimit = lines.Any(l => l.IsOfBatches && l.IsBefore(row.Row, grid.Columns, i)),
            })]))],
            Legend = new ColorLegend(
                view.Scale?.WorstText ?? "",
                view.Scale?.BestText ?? "",
                view.Scale is null ? [] : CividisStops,
                (view.Scale is null ? "" : "bright is better; ") + "hatched: diverged; dashed: no result" + string.Concat(lines.Select(l => $"; {(l.IsOfBatches ? "dashed bar" : "bar")}: {l.Label}"))),
        };
        return new Exhibit(
            Exhibit.Slug(view.Detail.Summary.Name, "heatmap", SweepTables.AxisName(grid), MeasureText.Slug(view.Measure), view.WhenSlug),
            ColorTableSvg.Render(figure),
            SweepTables.Wide(view, grid),
            SweepTables.Long(view, grid));
    }

    private static ColorCell Cell(SweepView view, Cell cell, bool isNarrow)
    {
        var text = CellText.Short(view, cell, isNarrow);
        var small = isNarrow ? ""
            : cell is { State: CellState.Measured, Diverged: > 0 } ? $"{cell.Diverged}/{cell.Diverged + cell.Value!.Count} div"
            : cell.Interim is { } interim ? CellText.When(interim)
            : cell.Value is { HalfWidth: var half } && double.IsFinite(half) ? "±" + NumberText.Spread(view.Measure, half)
            : "";
        var fill = cell.State switch { CellState.Measured => CellFill.Color, _ when cell.Interim is not null => CellFill.Color, CellState.Diverged => CellFill.Hatched, _ => CellFill.None };
        var color = (cell.Value?.Mean ?? cell.Interim?.Mean) is { } value ? Cividis.At(view.Scale!.Share(value)) : default;
        return new ColorCell([new CellPart(text, small, fill, color)], HasCorner: cell is { State: CellState.Measured, Diverged: > 0 });
    }

    private static string Description(SweepView view, HeatmapGrid grid)
    {
        var cells = grid.Rows.SelectMany(r => r.Cells).Where(c => c.State != CellState.Missing).ToList();
        var best = cells.Where(c => c.Value is not null).OrderBy(c => c.Value!.Mean, Comparer<double>.Create((a, b) => view.Measure.CompareQuality(a, b))).FirstOrDefault();
        var text = $"Heatmap of {MeasureText.Title(view.Measure)}, {view.When}: {grid.Rows.Count} optimizers by {grid.Columns.Count} values of {SweepView.AxisTitle(grid.Axis)}.";
        return text
            + (best is null ? " Nothing is measured yet."
                : $" Best: {view.RowTitles[best.Row]} with {NumberText.Of(view.Measure, best.Value!.Mean)} at {SweepView.AxisTitle(grid.Axis)} = {NumberText.Axis(best.AxisValue, grid.Columns)}.")
            + $" {cells.Count(c => c.Diverged > 0)} of {cells.Count} cells have a diverged seed.";
    }
}
