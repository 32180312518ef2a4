using Stepsize.Training.Analysis;
using Stepsize.Training.Comparison;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>Expected best result against the number of axis values tried at random.</summary>
internal static class BudgetExhibit
{
    /// <returns>Null where no optimizer has results to draw from.</returns>
    public static Exhibit? Of(ComparisonView view)
    {
        var budgets = view.Budgets.Where(b => b.Points.Count > 0).ToList();
        if (budgets.Count == 0)
        {
            return null;
        }

        var factor = view.Measure.IsAccuracy() ? 100 : 1;
        var values = budgets.SelectMany(b => b.Points).Select(p => p.Expected).Where(double.IsFinite).DefaultIfEmpty(1).ToList();
        var isLogarithmic = !view.Measure.IsAccuracy() && values.Min() > 0;
        const string Title = "What tuning brings";
        var caption = $"Expected best {MeasureText.Caption(view.Measure)}, {view.Moment.Title}, against the number of axis values tried at random without replacement; mean over seeds, with its 95% bootstrap interval from three seeds on"
            + (budgets.Exists(b => b.Diverged > 0) ? "; diverged runs count as guessing, for losses as infinite" : "");
        var figure = new LineFigure
        {
            Title = Title,
            Caption = caption,
            Description = $"Expected best {MeasureText.Title(view.Measure)} for {string.Join("; ", budgets.Select(b => view.TitleOf(b.Track)))}. The numbers are in the table of the same data.",
            X = new FigureAxis("axis values tried", 1, Math.Max(2, budgets.Max(b => b.Points.Count)), false),
            Y = new FigureAxis(MeasureText.Caption(view.Measure), values.Min() * factor, values.Max() * factor, isLogarithmic),
            Lines = [.. budgets.Select((b, i) => new FigureLine(view.TitleOf(b.Track), i, [[.. b.Points.Where(p => double.IsFinite(p.Expected)).Select(p => Point(p, factor))]], [], HasMarkers: true))],
        };
        return new Exhibit(Exhibit.Slug("tuning-budget", MeasureText.Slug(view.Measure), view.Moment.Slug), LineFigureSvg.Render(figure), Shown(view, budgets, caption), Data(view, budgets));
    }

    private static FigurePoint Point(BudgetPoint point, int factor)
    {
        var mean = point.Expected * factor;
        return new FigurePoint(point.Tried, mean, point.Interval?.Low * factor ?? double.NaN, point.Interval?.High * factor ?? double.NaN);
    }

    private static DataTable Shown(ComparisonView view, List<BudgetCurve> budgets, string caption)
    {
        var most = budgets.Max(b => b.Points.Count);
        return new DataTable(
            "What tuning brings",
            [new DataColumn("optimizer", ColumnKind.Text), .. Enumerable.Range(1, most).Select(k => new DataColumn($"{k} tried")), new DataColumn("area")],
            [
                .. budgets.Select(b => (IReadOnlyList<DataCell>)[
                    new DataCell(view.TitleOf(b.Track)),
                    .. Enumerable.Range(0, most).Select(k => k < b.Points.Count ? Score(view, b.Points[k].Expected) : DataCell.Empty),
                    Score(view, b.Area),
                ]),
            ],
            caption + ".");
    }

    private static DataTable Data(ComparisonView view, List<BudgetCurve> budgets) => new(
        "What tuning brings",
        [
            new DataColumn("optimizer", ColumnKind.Text), new DataColumn("measure", ColumnKind.Text), new DataColumn("axis values tried"), new DataColumn("expected best"),
            new DataColumn("low end of the 95% interval"), new DataColumn("high end of the 95% interval"), new DataColumn("seeds"), new DataColumn("axis values"), new DataColumn("diverged runs"), new DataColumn("a diverged run counts as"),
        ],
        [
            .. budgets.SelectMany(b => b.Points.Select(p => (IReadOnlyList<DataCell>)[
                new DataCell(view.TitleOf(b.Track)), new DataCell(MeasureText.Title(view.Measure)), DataCell.Count(p.Tried),
                Score(view, p.Expected),
                p.Interval is { } low ? Score(view, low.Low) : DataCell.Empty,
                p.Interval is { } high ? Score(view, high.High) : DataCell.Empty,
                DataCell.Count(b.Seeds), DataCell.Count(b.Values), DataCell.Count(b.Diverged),
                double.IsFinite(b.DivergedAs) ? new DataCell(NumberText.Of(view.Measure, b.DivergedAs), b.DivergedAs) : DataCell.Empty,
            ])),
        ]);

    private static DataCell Score(ComparisonView view, double value) => new(SummaryColumns.Score(view.Measure, value), double.IsNaN(value) ? null : value);
}
