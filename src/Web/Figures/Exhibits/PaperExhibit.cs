using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>A published table beside ours.</summary>
internal static class PaperExhibit
{
    public static Exhibit Of(TableComparison comparison)
    {
        var table = comparison.Table;
        var colors = new PaperColors(comparison);
        var source = $"{table.Paper.Citation}, {table.Label}";
        var hasOurs = comparison.Cells.SelectMany(r => r).Any(c => c.Ours is not null);
        var caption = $"{source}. {table.Metric}{(table.Unit == TableUnit.Percent ? ", %" : "")}; {table.RowAxis} by {table.ColumnAxis}. "
            + (hasOurs ? "Above as published, below here ± 95% interval over seeds, with the verdict." : "As published; nothing was run here.");
        var figure = new ColorTableFigure
        {
            Title = table.Title,
            Caption = caption,
            Description = $"{table.Rows.Count} rows by {table.Columns.Count} columns. Of {table.CellCount} published numbers, "
                + string.Join(", ", VerdictText.All.Select(v => $"{comparison.Count(v)} {VerdictText.Of(v)}")) + ".",
            Corner = table.RowAxis,
            Columns = table.Columns,
            Rows = [.. table.Rows.Select((row, r) => (row, (IReadOnlyList<ColorCell>)[.. comparison.Cells[r].Select((cell, c) => Cell(comparison, colors, cell, r, c, hasOurs))]))],
            Legend = colors.Single is { } scale
                ? new ColorLegend(PaperNumber.Ours(comparison.Protocol, scale.Worst), PaperNumber.Ours(comparison.Protocol, scale.Best), HeatmapExhibit.CividisStops, "bright is better, one scale for both")
                : null,
        };
        return new Exhibit(Exhibit.Slug(table.Id), ColorTableSvg.Render(figure), Shown(comparison, $"{table.Title} ({source})", hasOurs), Data(comparison, table.Title));
    }

    private static ColorCell Cell(TableComparison comparison, PaperColors colors, CellComparison cell, int row, int column, bool hasOurs)
    {
        var published = Part(
            PaperNumber.Published(comparison.Protocol, cell.Published), cell.Published.StandardDeviation, cell.Published.Mean ?? double.NaN, CellFill.Hatched);
        if (!hasOurs)
        {
            return new ColorCell([published]);
        }

        return cell.Ours is not { } ours
            ? new ColorCell([published, new CellPart("", "", CellFill.None)], VerdictText.Of(cell.Verdict))
            : new ColorCell(
                [published, Part(PaperNumber.Ours(comparison.Protocol, ours.Value), ours.HalfWidth, ours.Value, CellFill.Hatched)],
                (cell.Difference is { } difference ? PaperNumber.Difference(comparison.Protocol, difference) + " " : "") + VerdictText.Of(cell.Verdict));

        CellPart Part(string text, double? spread, double value, CellFill missing)
        {
            var color = colors.Color(row, column, value);
            var fill = color is not null ? CellFill.Color : double.IsFinite(value) ? CellFill.Plain : missing;
            return new CellPart(text, spread is { } width ? "±" + PaperNumber.Spread(comparison.Protocol, width) : "", fill, color ?? default);
        }
    }

    /// <summary>Two rows for each of the table's where something was run: published, and here.</summary>
    private static DataTable Shown(TableComparison comparison, string title, bool hasOurs) => new(
        title,
        [new DataColumn(comparison.Table.RowAxis, ColumnKind.Text), .. comparison.Table.Columns.Select(c => new DataColumn(c))],
        [
            .. comparison.Table.Rows.SelectMany((row, r) => Rows(comparison, row, comparison.Cells[r], hasOurs)),
        ],
        hasOurs ? $"Published by {comparison.Table.Paper.Citation}; here ± 95% interval over seeds (Student's t, or by bootstrap for statistics over a grid)." : $"Published by {comparison.Table.Paper.Citation}.");

    private static IEnumerable<IReadOnlyList<DataCell>> Rows(TableComparison comparison, string row, IReadOnlyList<CellComparison> cells, bool hasOurs)
    {
        yield return
        [
            new DataCell(hasOurs ? row + ", published" : row),
            .. cells.Select(c => new DataCell(
                PaperNumber.Published(comparison.Protocol, c.Published) + Interval(comparison, c.Published.StandardDeviation), c.Published.Mean)),
        ];
        if (hasOurs)
        {
            yield return
            [
                new DataCell(row + ", here"),
                .. cells.Select(c => c.Ours is { } ours ? new DataCell(PaperNumber.Ours(comparison.Protocol, ours.Value) + Interval(comparison, ours.HalfWidth), ours.Value) : DataCell.Empty),
            ];
        }
    }

    private static string Interval(TableComparison comparison, double? width) => width is { } half ? " ± " + PaperNumber.Spread(comparison.Protocol, half) : "";

    private static DataTable Data(TableComparison comparison, string title) => new(
        title,
        [
            new DataColumn("row", ColumnKind.Text), new DataColumn("column", ColumnKind.Text), new DataColumn("published"), new DataColumn("published std"), new DataColumn("here"),
            new DataColumn("half width"), new DataColumn("seeds"), new DataColumn("seeds diverged"), new DataColumn("difference"),
            new DataColumn("half width of difference"), new DataColumn("interval", ColumnKind.Text), new DataColumn("verdict", ColumnKind.Text), new DataColumn("reason", ColumnKind.Text),
            new DataColumn("remarks", ColumnKind.Text), new DataColumn("sweeps", ColumnKind.Text),
        ],
        [
            .. comparison.Cells.SelectMany((row, r) => row.Select((cell, c) => (IReadOnlyList<DataCell>)[
                new DataCell(comparison.Table.Rows[r]), new DataCell(comparison.Table.Columns[c]), Number(cell.Published.Mean), Number(cell.Published.StandardDeviation),
                Number(cell.Ours?.Value), Number(cell.Ours?.HalfWidth), cell.Ours is { } ours ? DataCell.Count(ours.Seeds) : DataCell.Empty,
                cell.Ours is { } tried ? DataCell.Count(tried.Diverged) : DataCell.Empty, Number(cell.Difference), Number(cell.Interval?.HalfWidth),
                new DataCell(cell.Interval is { } interval ? IntervalText.Of(interval.Basis) : ""), new DataCell(VerdictText.Of(cell.Verdict)), new DataCell(cell.Reason),
                new DataCell(string.Join("; ", cell.Remarks)), new DataCell(string.Join(' ', cell.Sweeps)),
            ])),
        ]);

    private static DataCell Number(double? value) => value is { } number ? new DataCell(NumberText.Short(number), number) : DataCell.Empty;
}
