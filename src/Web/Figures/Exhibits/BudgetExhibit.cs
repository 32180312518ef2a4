using Stepsize.Training.Analysis;
using Stepsize.Training.Comparison;
using Stepsize.Web.Comparison;
using Stepsize.Web.Components.Models;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Figures.Tables;

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
        var values = budgets.SelectMany(b => b.Points).Select(p => p.Expected.Mean).ToList();
        var isLogarithmic = !view.Measure.IsAccuracy() && values.Min() > 0;
        const string Title = "What tuning brings";
        var caption = $"Expected best {MeasureText.Caption(view.Measure)}, {view.Moment.Title}, against the number of axis values tried at random without replacement; mean over seeds ± 95% Student t interval"
            + (budgets.Exists(b => b.Diverged > 0) ? "; diverged runs count as guessing or as the worst value measured" : "");
        var figure = new LineFigure
        {
            Title = Title,
            Caption = caption,
            Description = $"Expected best {MeasureText.Title(view.Measure)} for {string.Join("; ", budgets.Select(b => view.TitleOf(b.Track)))}. The numbers are in the table of the same data.",
            X = new FigureAxis("axis values tried", 1, Math.Max(2, budgets.Max(b => b.Points.Count)), false),
            Y = new FigureAxis(MeasureText.Caption(view.Measure), values.Min() * factor, values.Max() * factor, isLogarithmic),
            Lines = [.. budgets.Select((b, i) => new FigureLine(view.TitleOf(b.Track), i, [[.. b.Points.Select(p => Point(p, factor))]], [], HasMarkers: true))],
        };
        return new Exhibit(Exhibit.Slug("tuning-budget", MeasureText.Slug(view.Measure), view.Moment.Slug), LineFigureSvg.Render(figure), Shown(view, budgets, caption), Data(view, budgets));
    }

    private static FigurePoint Point(BudgetPoint point, int factor)
    {
        var (mean, half) = (point.Expected.Mean * factor, point.Expected.HalfWidth * factor);
        return new FigurePoint(point.Tried, mean, mean - half, mean + half);
    }

    private static DataTable Shown(ComparisonView view, List<BudgetCurve> budgets, string caption)
    {
        var most = budgets.Max(b => b.Points.Count);
        return new DataTable(
            "What tuning brings",
            [new DataColumn("optimizer", ColumnKind.Text), .. Enumerable.Range(1, most).Select(k => new DataColumn($"{k} tried"))],
            [
                .. budgets.Select(b => (IReadOnlyList<DataCell>)[
                    new DataCell(view.TitleOf(b.Track)),
                    .. Enumerable.Range(0, most).Select(k => k < b.Points.Count ? new DataCell(NumberText.Of(view.Measure, b.Points[k].Expected.Mean), b.Points[k].Expected.Mean) : DataCell.Empty),
                ]),
            ],
            caption + ".");
    }

    private static DataTable Data(ComparisonView view, List<BudgetCurve> budgets) => new(
        "What tuning brings",
        [
            new DataColumn("optimizer", ColumnKind.Text), new DataColumn("measure", ColumnKind.Text), new DataColumn("axis values tried"), new DataColumn("expected best"),
            new DataColumn("half width of the 95% interval"), new DataColumn("seeds"), new DataColumn("axis values"), new DataColumn("diverged runs"), new DataColumn("a diverged run counts as"),
        ],
        [
            .. budgets.SelectMany(b => b.Points.Select(p => (IReadOnlyList<DataCell>)[
                new DataCell(view.TitleOf(b.Track)), new DataCell(MeasureText.Title(view.Measure)), DataCell.Count(p.Tried),
                new DataCell(NumberText.Of(view.Measure, p.Expected.Mean), p.Expected.Mean),
                double.IsFinite(p.Expected.HalfWidth) ? new DataCell(NumberText.Spread(view.Measure, p.Expected.HalfWidth), p.Expected.HalfWidth) : DataCell.Empty,
                DataCell.Count(p.Expected.Count), DataCell.Count(b.Values), DataCell.Count(b.Diverged),
                double.IsFinite(b.DivergedAs) ? new DataCell(NumberText.Of(view.Measure, b.DivergedAs), b.DivergedAs) : DataCell.Empty,
            ])),
        ]);
}
