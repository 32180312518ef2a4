using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Drawing;

/// <summary>Draws a <see cref="ColorTableFigure"/>: numbers are printed, colour repeats them.</summary>
public static class ColorTableSvg
{
    private const double Margin = 16;
    private const double Gap = 3;
    private const double PartHeight = 32;
    private const double FootHeight = 15;
    private const double WidestLabel = 260;
    private const double NarrowestPicture = 420;
    private const double ScaleLength = 130;

    public static string Render(ColorTableFigure figure)
    {
        var layout = new Layout(figure);
        using var svg = new SvgDrawing(layout.Width, layout.Height, figure.Title, figure.Description);
        var y = Margin + 14;
        foreach (var line in layout.TitleLines)
        {
            svg.Text(Margin, y, line, size: 16, bold: true);
            y += 20;
        }

        foreach (var line in layout.CaptionLines)
        {
            svg.Text(Margin, y, line, FigurePalette.Soft);
            y += 17;
        }

        svg.Text(Margin, layout.HeadY, TextWidth.Fit(figure.Corner, 12, layout.LabelWidth), FigurePalette.Soft, 12);
        for (var c = 0; c < figure.Columns.Count; c++)
        {
            svg.Text(layout.X(c) + (layout.CellWidth / 2), layout.HeadY, TextWidth.Fit(figure.Columns[c], 12, layout.CellWidth + Gap), FigurePalette.Soft, 12, TextAnchor.Middle);
        }

        for (var r = 0; r < figure.Rows.Count; r++)
        {
            Row(svg, layout, figure.Rows[r].Label, figure.Rows[r].Cells, layout.Y(r));
        }

        if (figure.Legend is { } legend)
        {
            Legend(svg, legend, layout.LegendLines, layout.Y(figure.Rows.Count) + 20);
        }

        return svg.Finish();
    }

    private static void Row(SvgDrawing svg, Layout layout, string label, IReadOnlyList<ColorCell> cells, double y)
    {
        svg.Text(Margin, y + 21, TextWidth.Fit(label, 13, layout.LabelWidth));
        for (var c = 0; c < cells.Count; c++)
        {
            var (cell, x) = (cells[c], layout.X(c));
            for (var p = 0; p < cell.Parts.Count; p++)
            {
                Part(svg, cell.Parts[p], x, y + (p * (PartHeight + 1)), layout.CellWidth, layout.IsNarrow);
            }

            if (cell.HasCorner)
            {
                svg.Polygon(FormattableString.Invariant($"{x + layout.CellWidth - 11},{y} {x + layout.CellWidth},{y} {x + layout.CellWidth},{y + 11}"), FigurePalette.HatchA, 1);
            }

            if (cell.HasLimit || cell.HasBatchLimit)
            {
                svg.Line(x - (Gap / 2), y - 1, x - (Gap / 2), y + PartHeight + 1, FigurePalette.Ink, 3, cell.HasLimit ? null : "5 3");
            }

            if (cell.Foot.Length > 0)
            {
                svg.Text(x + (layout.CellWidth / 2), y + (cell.Parts.Count * (PartHeight + 1)) + 11, TextWidth.Fit(cell.Foot, 10.5, layout.CellWidth + Gap), FigurePalette.Soft, 10.5, TextAnchor.Middle);
            }
        }
    }

    private static void Part(SvgDrawing svg, CellPart part, double x, double y, double width, bool narrow)
    {
        var ink = FigurePalette.Soft;
        string? halo = null;
        switch (part.Fill)
        {
            case CellFill.Color:
                svg.Rectangle(x, y, width, PartHeight, FigurePalette.Hex(part.Color), radius: 2);
                ink = Cividis.InkOn(part.Color) == "#000" ? "#000000" : "#ffffff";
                break;
            case CellFill.Hatched:
                svg.Hatch(x, y, width, PartHeight);
                (ink, halo) = (FigurePalette.HatchInk, FigurePalette.HatchB);
                break;
            case CellFill.Plain:
                svg.Rectangle(x, y, width, PartHeight, FigurePalette.Sunk, radius: 2);
                ink = FigurePalette.Ink;
                break;
            default:
                svg.Rectangle(x + 0.5, y + 0.5, width - 1, PartHeight - 1, "none", FigurePalette.Line, 2, "3 3");
                break;
        }

        var size = narrow ? 11 : 13;
        var wide = TextWidth.Of(part.Text, size) + 3 + TextWidth.Of(part.Small, SvgDrawing.SmallSize);
        if (wide <= width - 2)
        {
            svg.Text(x + (width / 2), y + 20.5, part.Text, ink, size, TextAnchor.Middle, halo: halo, small: part.Small);
        }
        else
        {
            svg.Text(x + (width / 2), y + 15, part.Text, ink, size, TextAnchor.Middle, halo: halo);
            svg.Text(x + (width / 2), y + 27, part.Small, ink, SvgDrawing.SmallSize, TextAnchor.Middle, halo: halo);
        }
    }

    private static void Legend(SvgDrawing svg, ColorLegend legend, IReadOnlyList<string> words, double y)
    {
        var x = Margin;
        if (legend.Stops.Count > 0)
        {
            svg.Text(x, y, legend.Low, FigurePalette.Soft, 12);
            x += TextWidth.Of(legend.Low, 12) + 8;
            var width = ScaleLength / legend.Stops.Count;
            foreach (var stop in legend.Stops)
            {
                // Wider than its place: renderers would otherwise let the ground shine through between neighbours.
                svg.Rectangle(x, y - 9, width + 0.6, 11, FigurePalette.Hex(stop));
                x += width;
            }

            svg.Text(x + 8, y, legend.High, FigurePalette.Soft, 12);
            x = Margin + ScaleWidth(legend);
        }

        foreach (var (index, line) in words.Index())
        {
            svg.Text(x, y + (16 * index), line, FigurePalette.Soft, 12);
        }
    }

    /// <summary>Where the words of a legend begin.</summary>
    private static double ScaleWidth(ColorLegend legend) =>
        legend.Stops.Count == 0 ? 0 : TextWidth.Of(legend.Low, 12) + 8 + ScaleLength + 8 + TextWidth.Of(legend.High, 12) + 18;

    /// <summary>Widths that follow from the texts, and where things stand.</summary>
    private sealed class Layout
    {
        private readonly double _rowHeight;

        public Layout(ColorTableFigure figure)
        {
            IsNarrow = figure.Columns.Count > 14;
            var cells = figure.Rows.SelectMany(r => r.Cells).ToList();
            var parts = cells.SelectMany(c => c.Parts).ToList();
            LabelWidth = Math.Min(WidestLabel, figure.Rows.Select(r => TextWidth.Of(r.Label, 13)).Append(TextWidth.Of(figure.Corner, 12)).Max());
            CellWidth = Math.Max(IsNarrow ? 40 : 58, parts.Select(p => TextWidth.Of(p.Text, IsNarrow ? 11 : 13) + 8)
                .Concat(cells.Select(c => TextWidth.Of(c.Foot, 10.5))).Concat(figure.Columns.Select(c => Math.Min(120, TextWidth.Of(c, 12) + 4))).Append(0).Max());
            var table = Margin + LabelWidth + 12 + (figure.Columns.Count * (CellWidth + Gap)) + Margin;
            Width = Math.Max(NarrowestPicture, table);
            TitleLines = TextWidth.Wrap(figure.Title, 17, Width - (2 * Margin));
            CaptionLines = TextWidth.Wrap(figure.Caption, 13, Width - (2 * Margin));
            HeadY = Margin + 14 + (20 * TitleLines.Count) + (17 * CaptionLines.Count) + 10;
            _rowHeight = (cells.Select(c => c.Parts.Count).DefaultIfEmpty(1).Max() * (PartHeight + 1)) + Gap
                + (cells.Exists(c => c.Foot.Length > 0) ? FootHeight + 4 : 0);
            LegendLines = figure.Legend is { } legend ? TextWidth.Wrap(legend.Words, 12, Width - (2 * Margin) - ScaleWidth(legend)) : [];
            Height = Y(figure.Rows.Count) + (figure.Legend is null ? 0 : 12 + (16 * Math.Max(1, LegendLines.Count))) + Margin - 6;
        }

        public bool IsNarrow { get; }

        public double LabelWidth { get; }

        public double CellWidth { get; }

        public double Width { get; }

        public double Height { get; }

        public double HeadY { get; }

        public IReadOnlyList<string> TitleLines { get; }

        public IReadOnlyList<string> CaptionLines { get; }

        public IReadOnlyList<string> LegendLines { get; }

        public double X(int column) => Margin + LabelWidth + 12 + (column * (CellWidth + Gap));

        public double Y(int row) => HeadY + 8 + (row * _rowHeight);
    }
}
