using Stepsize.Web.Figures.Tables;

namespace Stepsize.Web.Figures.Drawing;

/// <summary>Draws a plain table, with bands of an axis where it has them.</summary>
public static class TableSvg
{
    private const double Margin = 16;
    private const double Row = 27;
    private const double Gutter = 22;
    private const double BandWidth = 220;
    private const double WidestText = 260;

    public static string Render(DataTable table, string description)
    {
        double[] widths = [.. table.Columns.Select((column, c) => column.Kind == ColumnKind.Band
            ? Math.Max(BandWidth, TextWidth.Of(column.Title, 12))
            : Math.Min(WidestText, table.Rows.Select(r => TextWidth.Of(r[c].Text, 13)).Append(TextWidth.Of(column.Title, 12)).Max()))];
        var width = Math.Max(420, (2 * Margin) + widths.Sum() + (Gutter * (widths.Length - 1)));
        var titles = TextWidth.Wrap(table.Title, 17, width - (2 * Margin));
        var notes = TextWidth.Wrap(table.Note, 12, width - (2 * Margin));
        var head = Margin + 14 + (20 * titles.Count) + 10;
        var height = head + 10 + (Row * table.Rows.Count) + (notes.Count == 0 ? 0 : 14 + (16 * notes.Count)) + Margin;
        using var svg = new SvgDrawing(width, height, table.Title, description);
        for (var i = 0; i < titles.Count; i++)
        {
            svg.Text(Margin, Margin + 14 + (20 * i), titles[i], size: 16, bold: true);
        }

        var x = Margin;
        for (var c = 0; c < widths.Length; c++)
        {
            Column(svg, table, c, x, widths[c], head);
            x += widths[c] + Gutter;
        }

        for (var r = 0; r <= table.Rows.Count; r++)
        {
            var y = head + 9 + (r * Row);
            svg.Line(Margin, y, width - Margin, y, r == 0 ? FigurePalette.Edge : FigurePalette.Line);
        }

        for (var i = 0; i < notes.Count; i++)
        {
            svg.Text(Margin, head + 10 + (Row * table.Rows.Count) + 18 + (16 * i), notes[i], FigurePalette.Soft, 12);
        }

        return svg.Finish();
    }

    private static void Column(SvgDrawing svg, DataTable table, int column, double x, double width, double head)
    {
        var isNumber = table.Columns[column].Kind == ColumnKind.Number;
        var (at, anchor) = isNumber ? (x + width, TextAnchor.End) : (x, TextAnchor.Start);
        svg.Text(at, head, TextWidth.Fit(table.Columns[column].Title, 12, width), FigurePalette.Soft, 12, anchor);
        for (var r = 0; r < table.Rows.Count; r++)
        {
            var (cell, y) = (table.Rows[r][column], head + 9 + (r * Row));
            if (cell.Band is { } band)
            {
                Band(svg, band, x, width, y + (Row / 2));
            }
            else
            {
                svg.Text(at, y + 18, TextWidth.Fit(cell.Text, 13, width), anchor: anchor, bold: column == 0);
            }
        }
    }

    private static void Band(SvgDrawing svg, AxisBand band, double x, double width, double y)
    {
        double At(double share) => x + 8 + (share * (width - 16));
        svg.Line(At(0), y, At(1), y, FigurePalette.Line, 2);
        foreach (var tick in band.Ticks)
        {
            svg.Line(At(tick), y - 3, At(tick), y + 3, FigurePalette.Line, 2);
        }

        if (band is { From: { } from, To: { } to })
        {
            svg.Line(At(from), y, At(to) + 0.01, y, FigurePalette.Accent, 7, round: true);
        }

        if (band.Best is { } best)
        {
            svg.Circle(At(best), y, 3.6, FigurePalette.Paper, FigurePalette.Ink, 1.5);
        }
    }
}
