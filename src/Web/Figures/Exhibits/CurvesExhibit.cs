using Stepsize.Data.Metrics;
using Stepsize.Training.Analysis.Curves;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Views.Curves;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>
/// A per-iteration column of many runs. Where a run has more iterations than points, each stretch shows its smallest and its largest value: no spike is
/// lost. A smoothed line stands over the raw one, which stays to be seen.
/// </summary>
internal static class CurvesExhibit
{
    /// <summary>More lines than the key can name are named by their optimizer.</summary>
    private const int MostNamed = 16;

    /// <param name="logarithmicY">Whether values are drawn on a logarithmic axis; those of 0 or less are gaps there.</param>
    public static Exhibit Of(CurveSubject subject, CurvePacket packet, CurveQuery query, bool logarithmicY)
    {
        var lines = CurveLines.Of(packet, query.Column == MetricColumn.Accuracy ? 100 : 1);
        var values = lines.SelectMany(l => l.Raw).SelectMany(p => new[] { p.Low, p.High }).Where(v => double.IsFinite(v) && (!logarithmicY || v > 0)).ToList();
        var title = string.Join(" and ", subject.Sweeps.Select(s => s.Name).Distinct(StringComparer.Ordinal));
        var caption = Caption(query, packet.Header.IsRaw) + (lines.Count <= MostNamed ? "" : "; the darker a line, the larger its axis value");
        var figure = new LineFigure
        {
            Title = title,
            Caption = caption,
            Description = $"{Capital(Title(query.Column))} against iteration in {lines.Count} lines: "
                + string.Join("; ", lines.Count <= MostNamed ? lines.Select(l => l.Label) : subject.Families.Select(f => f.Title)) + ". The table of the same data has first, last, smallest and largest values.",
            X = new FigureAxis("iteration", packet.Header.First, Math.Max(packet.Header.First + 1, packet.Header.Last), query.IsLogarithmic),
            Y = new FigureAxis(Title(query.Column), values.DefaultIfEmpty(logarithmicY ? 1 : 0).Min(), values.DefaultIfEmpty(1).Max(), logarithmicY),
            Lines = [.. lines.SelectMany(l => Draw(l, subject, lines.Count <= MostNamed, logarithmicY))],
        };
        return new Exhibit(
            Exhibit.Slug(title, query.Column.ToString()), LineFigureSvg.Render(figure), CurveTables.Shown($"{title}: {caption}", query.Column, lines), CurveTables.Data(title, query.Column, subject, lines));
    }

    public static string Title(MetricColumn column) => column switch
    {
        MetricColumn.Loss => "mini-batch loss",
        MetricColumn.Accuracy => "mini-batch accuracy, %",
        _ => "effective stepsize",
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Caption(CurveQuery query, bool isRaw) =>
        Capital(Title(query.Column)) + " by iteration"
        + query.Over switch { SeedCenter.Mean => ", mean over seeds within its 95% Student t interval", SeedCenter.Median => ", median over seeds between smallest and largest", _ => "" }
        + (query.Smooth is { } smoothing ? $", smoothed ({smoothing.Slug}) over the raw line" : "")
        + (isRaw ? "" : "; smallest and largest value of each stretch of iterations");

    private static IEnumerable<FigureLine> Draw(CurveLine line, CurveSubject subject, bool isNamed, bool positiveOnly)
    {
        var family = subject.Families[line.Family];
        var color = FigurePalette.Shade(line.Family, family.Shades[line.Value]);
        var isMiddle = line.Value == family.Values.Count / 2 && line.IsFirstOfValue;
        var label = isNamed ? line.Label : isMiddle ? family.Title : "";
        double[] crosses = line.FirstNonFinite is { } bad ? [bad] : [];
        yield return new FigureLine(line.Smoothed.Count > 0 ? "" : label, line.Family, Stretches(line.Raw, positiveOnly), crosses, HasMarkers: false) { Color = color, IsFaint = line.Smoothed.Count > 0 };
        if (line.Smoothed.Count > 0)
        {
            yield return new FigureLine(label, line.Family, Stretches(line.Smoothed, positiveOnly), [], HasMarkers: false) { Color = color };
        }
    }

    private static List<IReadOnlyList<FigurePoint>> Stretches(IReadOnlyList<CurvePoint> points, bool positiveOnly)
    {
        var stretches = new List<IReadOnlyList<FigurePoint>>();
        var stretch = new List<FigurePoint>();
        foreach (var point in points)
        {
            if (!double.IsFinite(point.Low) || !double.IsFinite(point.High) || (positiveOnly && point.Low <= 0))
            {
                Close();
                continue;
            }

            stretch.Add(new FigurePoint(point.Iteration, point.Low, point.BandLow, point.BandHigh));
            if (point.High != point.Low)
            {
                stretch.Add(new FigurePoint(point.Iteration, point.High, point.BandLow, point.BandHigh));
            }
        }

        Close();
        return stretches;

        void Close()
        {
            if (stretch.Count > 0)
            {
                stretches.Add(stretch);
                stretch = [];
            }
        }
    }
}
