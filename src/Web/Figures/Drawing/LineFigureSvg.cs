using System.Text;
using Stepsize.Web.Views.Scales;

namespace Stepsize.Web.Figures.Drawing;

/// <summary>Draws a <see cref="LineFigure"/>. Colour is repeated by markers and by the key's order.</summary>
public static class LineFigureSvg
{
    private const double Width = 860;
    private const double PlotHeight = 320;
    private const double Margin = 16;
    private const double Left = 74;
    private const double Right = Width - 18;
    private const string Cross = "M-4-4L4 4M4-4L-4 4";

    public static string Render(LineFigure figure)
    {
        var titles = TextWidth.Wrap(figure.Title, 17, Width - (2 * Margin));
        var captions = TextWidth.Wrap(figure.Caption, 13, Width - (2 * Margin));
        var top = Margin + 14 + (20 * titles.Count) + (17 * captions.Count) + 18;
        var bottom = top + PlotHeight;
        var key = new Key(figure);
        using var svg = new SvgDrawing(Width, bottom + 50 + key.Height + Margin, figure.Title, figure.Description);
        var y = Margin + 14;
        foreach (var line in titles)
        {
            svg.Text(Margin, y, line, size: 16, bold: true);
            y += 20;
        }

        foreach (var line in captions)
        {
            svg.Text(Margin, y, line, FigurePalette.Soft);
            y += 17;
        }

        var plot = new Plot(figure, new DrawingBox(Left, top, Right, bottom));
        Grid(svg, figure, plot);
        for (int i = 0, lane = 0; i < figure.Lines.Count; i++)
        {
            DrawLine(svg, figure.Lines[i], plot, figure.Lines[i].Crosses.Count == 0 ? 0 : lane++);
        }

        foreach (var mark in figure.Marks)
        {
            var x = plot.X.At(mark.X);
            svg.Line(x, top, x, bottom, FigurePalette.Ink, 2, mark.IsDashed ? "6 4" : null);

            // Below each other, for two limits may be close.
            svg.Text(x + 6, ((top + bottom) / 2) + (mark.IsDashed ? 20 : 0), mark.Label, halo: FigurePalette.Paper);
        }

        key.Draw(svg, bottom + 62);
        return svg.Finish();
    }

    private static void Grid(SvgDrawing svg, LineFigure figure, Plot plot)
    {
        var box = plot.Box;
        foreach (var tick in plot.Y.Ticks)
        {
            var y = plot.Y.At(tick.Value);
            svg.Line(box.Left, y, box.Right, y, FigurePalette.Line);
            svg.Text(box.Left - 8, y + 4.5, tick.Label, FigurePalette.Soft, anchor: TextAnchor.End);
        }

        foreach (var tick in plot.X.Ticks)
        {
            var x = plot.X.At(tick.Value);
            svg.Line(x, box.Top, x, box.Bottom, FigurePalette.Line);
            svg.Text(x, box.Bottom + 18, tick.Label, FigurePalette.Soft, anchor: TextAnchor.Middle);
        }

        svg.Text((box.Left + box.Right) / 2, box.Bottom + 39, figure.X.Title, FigurePalette.Soft, 14, TextAnchor.Middle);
        svg.Text(Margin, box.Top - 6, figure.Y.Title, FigurePalette.Soft, 12);
    }

    private static void DrawLine(SvgDrawing svg, FigureLine line, Plot plot, int lane)
    {
        var color = line.Color ?? FigurePalette.SeriesColor(line.Style);
        foreach (var stretch in line.Stretches)
        {
            var banded = stretch.Where(p => double.IsFinite(p.Low) && double.IsFinite(p.High)).ToList();
            if (banded.Count > 1)
            {
                svg.Polygon(
                    Points(banded.Select(p => (plot.PlaceX(p.X), plot.PlaceY(p.High))).Concat(Enumerable.Reverse(banded).Select(p => (plot.PlaceX(p.X), plot.PlaceY(p.Low))))),
                    color, 0.14);
            }
        }

        foreach (var stretch in line.Stretches)
        {
            var places = stretch.Select(p => (X: plot.PlaceX(p.X), Y: plot.PlaceY(p.Y))).ToList();
            if (places.Count > 1)
            {
                svg.Polyline(Points(places), color, line.HasMarkers ? 2 : line.IsFaint ? 0.7 : 1.3, line.IsFaint ? 0.35 : 1);
            }

            foreach (var (x, y) in places.Where(_ => line.HasMarkers || places.Count == 1))
            {
                svg.Path(Series.Marker(line.Style), x, y, 0.85, color, FigurePalette.Paper, 1);
            }
        }

        foreach (var cross in line.Crosses)
        {
            svg.Path(Cross, plot.PlaceX(cross), plot.Box.Bottom - 9 - (lane % 8 * 11), 1, "none", color, 2);
        }
    }

    private static string Points(IEnumerable<(double X, double Y)> places)
    {
        var text = new StringBuilder();
        foreach (var (x, y) in places)
        {
            text.Append(SvgDrawing.P(x)).Append(',').Append(SvgDrawing.P(y)).Append(' ');
        }

        return text.ToString().TrimEnd();
    }

    private sealed class Plot(LineFigure figure, DrawingBox box)
    {
        public DrawingBox Box => box;

        public AxisScale X { get; } = Scale(figure.X, box.Left + 10, box.Right - 10);

        public AxisScale Y { get; } = Scale(figure.Y, box.Bottom - 6, box.Top + 8);

        public double PlaceX(double value) => Math.Clamp(X.At(X.IsLogarithmic ? Math.Max(value, double.Epsilon) : value), box.Left, box.Right);

        public double PlaceY(double value) => Math.Clamp(Y.At(Y.IsLogarithmic ? Math.Max(value, double.Epsilon) : value), box.Top, box.Bottom);

        private static AxisScale Scale(FigureAxis axis, double from, double to) =>
            axis.IsLogarithmic ? AxisScale.Logarithmic(axis.Low, axis.High, from, to) : AxisScale.Linear(axis.Low, axis.High, from, to);
    }

    /// <summary>What each line is, in as many rows as it takes.</summary>
    private sealed class Key
    {
        private const double Row = 21;
        private readonly List<(double X, double Y, FigureLine? Line, string Label)> _entries = [];

        public Key(LineFigure figure)
        {
            var (x, y) = (Margin, 0.0);
            foreach (var line in figure.Lines.Where(l => l.Label.Length > 0))
            {
                Add(line, line.Label);
            }

            if (figure.Lines.Any(l => l.Crosses.Count > 0))
            {
                Add(null, "diverged");
            }

            Height = y + Row;

            void Add(FigureLine? line, string text)
            {
                var label = TextWidth.Fit(text, 13, Width - (2 * Margin) - 40);
                var width = 38 + TextWidth.Of(label, 13) + 20;
                if (x > Margin && x + width > Width - Margin)
                {
                    (x, y) = (Margin, y + Row);
                }

                _entries.Add((x, y, line, label));
                x += width;
            }
        }

        public double Height { get; }

        public void Draw(SvgDrawing svg, double top)
        {
            foreach (var (x, y, line, label) in _entries)
            {
                if (line is null)
                {
                    svg.Path(Cross, x + 15, top + y - 4.5, 1, "none", FigurePalette.Soft, 2);
                }
                else
                {
                    var color = line.Color ?? FigurePalette.SeriesColor(line.Style);
                    svg.Line(x, top + y - 4.5, x + 30, top + y - 4.5, color, 2);
                    if (line.HasMarkers)
                    {
                        svg.Path(Series.Marker(line.Style), x + 15, top + y - 4.5, 0.9, color, FigurePalette.Paper, 1);
                    }
                }

                svg.Text(x + 38, top + y, label);
            }
        }
    }
}
