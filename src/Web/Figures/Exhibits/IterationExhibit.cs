using Stepsize.Data.Metrics;
using Stepsize.Web.Components.Models;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Figures.Tables;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>A per-iteration column of a few runs. Where a run has more iterations than points, each stretch shows its smallest and its largest value: no spike is lost.</summary>
internal static class IterationExhibit
{
    /// <param name="title">Such as the sweep's name.</param>
    public static Exhibit Of(string title, MetricColumn column, IReadOnlyList<RunLine> runs, bool logarithmicX, bool logarithmicY)
    {
        var factor = column == MetricColumn.Accuracy ? 100.0 : 1;
        var values = runs.SelectMany(r => r.Curve.Minimum.Concat(r.Curve.Maximum)).Where(v => float.IsFinite(v) && (!logarithmicY || v > 0)).Select(v => v * factor).ToList();
        var last = Math.Max(2, runs.SelectMany(r => r.Curve.Iterations).DefaultIfEmpty(2).Max());
        var caption = Capital(Title(column)) + " by iteration" + (runs.All(r => r.Curve.IsRaw) ? "" : "; smallest and largest value of each stretch of iterations");
        var figure = new LineFigure
        {
            Title = title,
            Caption = caption,
            Description = $"{Capital(Title(column))} against iteration for {string.Join("; ", runs.Select(r => r.Label))}. The table of the same data has first, last, smallest and largest values.",
            X = new FigureAxis("iteration", 1, last, logarithmicX),
            Y = new FigureAxis(Title(column), values.DefaultIfEmpty(logarithmicY ? 1 : 0).Min(), values.DefaultIfEmpty(1).Max(), logarithmicY),
            Lines = [.. runs.Select((r, i) => Line(r, i, factor, logarithmicY))],
        };
        return new Exhibit(Exhibit.Slug(title, column.ToString()), LineFigureSvg.Render(figure), Shown(title, caption, column, runs, factor), Data(title, column, runs));
    }

    public static string Title(MetricColumn column) => column switch
    {
        MetricColumn.Loss => "mini-batch loss",
        MetricColumn.Accuracy => "mini-batch accuracy, %",
        _ => "effective stepsize",
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static FigureLine Line(RunLine run, int style, double factor, bool positiveOnly)
    {
        var stretches = new List<IReadOnlyList<FigurePoint>>();
        var stretch = new List<FigurePoint>();
        for (var i = 0; i < run.Curve.Iterations.Count; i++)
        {
            var (low, high) = (run.Curve.Minimum[i], run.Curve.Maximum[i]);
            if (!float.IsFinite(low) || !float.IsFinite(high) || (positiveOnly && low <= 0))
            {
                Close();
                continue;
            }

            stretch.Add(new FigurePoint(run.Curve.Iterations[i], low * factor));
            if (high != low)
            {
                stretch.Add(new FigurePoint(run.Curve.Iterations[i], high * factor));
            }
        }

        Close();
        return new FigureLine(run.Label, style, stretches, run.Curve.FirstNonFinite is { } bad ? [bad] : [], HasMarkers: false);

        void Close()
        {
            if (stretch.Count > 0)
            {
                stretches.Add(stretch);
                stretch = [];
            }
        }
    }

    private static DataTable Shown(string title, string caption, MetricColumn column, IReadOnlyList<RunLine> runs, double factor) => new(
        $"{title}: {caption}",
        [new DataColumn("run", ColumnKind.Text), new DataColumn("iterations"), new DataColumn("first"), new DataColumn("last"), new DataColumn("smallest"), new DataColumn("largest"), new DataColumn("first not finite")],
        [
            .. runs.Select(run =>
            {
                double[] finite = [.. run.Curve.Minimum.Concat(run.Curve.Maximum).Where(float.IsFinite).Select(v => v * factor)];
                return (IReadOnlyList<DataCell>)[
                    new DataCell(run.Label), DataCell.Count(run.Curve.Total), End(run.Curve.Minimum, factor, last: false), End(run.Curve.Minimum, factor, last: true),
                    finite.Length == 0 ? DataCell.Empty : Number(finite.Min()), finite.Length == 0 ? DataCell.Empty : Number(finite.Max()),
                    run.Curve.FirstNonFinite is { } bad ? DataCell.Count(bad) : DataCell.Empty,
                ];
            }),
        ],
        column == MetricColumn.Stepsize ? "Where an optimizer has many stepsizes, their median." : "");

    private static DataCell End(IReadOnlyList<float> values, double factor, bool last) =>
        values.Count == 0 ? DataCell.Empty : Number(values[last ? ^1 : 0] * factor);

    private static DataCell Number(double value) => new(NumberText.Short(value), value);

    private static DataTable Data(string title, MetricColumn column, IReadOnlyList<RunLine> runs) => new(
        title,
        [new DataColumn("run", ColumnKind.Text), new DataColumn("run id"), new DataColumn("iteration"), new DataColumn($"smallest {column.ToString().ToLowerInvariant()}"), new DataColumn($"largest {column.ToString().ToLowerInvariant()}")],
        [
            .. runs.SelectMany(run => Enumerable.Range(0, run.Curve.Iterations.Count).Select(i => (IReadOnlyList<DataCell>)[
                new DataCell(run.Label), DataCell.Count(run.RunId), DataCell.Count(run.Curve.Iterations[i]), new DataCell("", run.Curve.Minimum[i]), new DataCell("", run.Curve.Maximum[i]),
            ])),
        ]);
}
