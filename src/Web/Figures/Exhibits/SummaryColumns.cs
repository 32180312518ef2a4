using System.Globalization;
using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>The statistics of robustness that a summary shows, in its order.</summary>
public static class SummaryColumns
{
    public static IReadOnlyList<SummaryColumn> Of(RobustnessView view)
    {
        var (measure, study) = (view.Measure, view.Study);
        var tolerance = study.Tolerance;
        SummaryColumn Scored(string name, string title, string description, Func<RobustnessRow, double> value, Func<RowIntervals, BootstrapInterval?>? interval = null) => new(
            name, title, description, r => Score(measure, value(r)), r => Finite(value(r)), r => IntervalText(study, r, interval, v => Score(measure, v)));
        SummaryColumn Width(string name, string title, string reference, Func<RobustnessRow, RobustBand?> band, Func<RowIntervals, BootstrapInterval?> interval) => new(
            name,
            title,
            $"decades of the initial stepsize, contiguous around the row's best cell, in which it stays {ToleranceText.Within(tolerance, reference)}",
            r => band(r) is { } b ? NumberText.Decades(b) : "none",
            r => band(r)?.Decades ?? 0,
            r => IntervalText(study, r, interval, Decades));
        return
        [
            new(
                "best", "best", "the best score of a cell", r => r.BestIsBound ? "≤ " + Score(measure, r.Best) : r.IsLost ? "diverged" : Score(measure, r.Best), r => Finite(r.Best),
                r => IntervalText(study, r, i => i.Best, v => Score(measure, v))),
            new(
                "bestAt", "at", "its place on the axis; the smallest of equals",
                r => double.IsFinite(r.BestAt) ? $"{SweepView.AxisTitle(view.AxisOf(r))} = {NumberText.Axis(r.BestAt)}" : "", r => Finite(r.BestAt), _ => ""),
            Width("width", "width, all", "the best of all rows", r => r.Band, i => i.Width),
            Width("ownWidth", "width, own", "the row's own best", r => r.OwnBand, i => i.OwnWidth),
            Scored("area", "area", "the mean score over the logarithm of the initial stepsize" + (measure.IsAccuracy() ? "" : ", geometric"), r => r.Area, i => i.Area),
            Scored("mean", "mean", "over the scores of the cells", r => r.Mean),
            Scored("median", "median", "the same", r => r.Median),
            Scored("worst", "worst", "the worst score of a cell", r => r.Worst),
            new(
                "std", "std", "deviation of the scores, divided by n", r => double.IsFinite(r.StandardDeviation) ? NumberText.Spread(measure, r.StandardDeviation) : "–",
                r => Finite(r.StandardDeviation), _ => ""),
            new("diverged", "diverged", "runs that diverged or exploded, of those with a result", Lost, r => r.Diverged, _ => ""),
            new(
                "untuned", "untuned", "the score at the optimizer's default, and what tuning gains",
                r => r.Untuned is { } u ? $"{Score(measure, u.Score)}{Gain(measure, u.Gain)}" : "–", r => r.Untuned is { } u ? Finite(u.Score) : null, _ => ""),
        ];
    }

    /// <summary>A score as people read it: lost losses are <c>diverged</c>, and what has no number is a dash.</summary>
    public static string Score(Measure measure, double value) =>
        double.IsPositiveInfinity(value) ? "diverged" : double.IsNaN(value) ? "–" : NumberText.Of(measure, value);

    /// <summary>What the numbers are, in sentences: below the table, in exports and in reports.</summary>
    public static string Definitions(RobustnessView view)
    {
        var (study, measure) = (view.Study, view.Measure);
        var tolerance = study.Tolerance;
        var text = new List<string>
        {
            "Score of a cell: the mean over its seeds, " + (measure.IsAccuracy()
                ? double.IsNaN(study.Lost) ? "those that diverged or exploded left out." : $"those that diverged or exploded counted as guessing ({NumberText.Of(measure, study.Lost)} %)."
                : "infinite as soon as one diverged or exploded; then mean and std have no number."),
            $"Width: decades of the initial stepsize, contiguous around the row's best cell, in which the score stays {ToleranceText.Within(tolerance, "the best of all rows")} (all) or "
                + (tolerance.Kind == ToleranceKind.Below ? "the same, for the bound is everybody's (own)" : "of the row's own best (own)")
                + "; straight between cells in the logarithm, and ≥ where it reaches the edge of the grid or a value without a result.",
            $"Area: the mean score over the logarithm of the initial stepsize{(measure.IsAccuracy() ? "" : ", geometric")}.",
        };
        if (study.Rows.Any(r => study.IntervalsOf(r.Row) is not null))
        {
            text.Add("In brackets: 95% intervals by bootstrap over seeds, which are drawn together for all rows.");
        }

        if (study.RangesDiffer)
        {
            text.Add("The rows' grids span different initial stepsizes: their areas, means and widths speak of different ranges.");
        }

        if (study.Floor > 0 && study.Rows.Any(r => r.BestIsBound))
        {
            text.Add($"Below {NumberText.Axis(study.Floor)} nothing is told apart: 50 roundings of what the number is computed from.");
        }

        return string.Join(' ', text);
    }

    private static string Lost(RobustnessRow row) =>
        row.Diverged == 0 ? "0" : $"{row.Diverged} of {row.Runs}" + (row.Exploded > 0 ? $" ({row.Exploded} exploded)" : "");

    private static string Gain(Measure measure, double gain) =>
        double.IsNaN(gain) || gain < 0 ? ""
        : measure.IsAccuracy() ? $" (+{NumberText.Spread(measure, gain)})"
        : double.IsInfinity(gain) ? "" : $" ({Decades(gain)} decades)";

    private static string IntervalText(RobustnessStudy study, RobustnessRow row, Func<RowIntervals, BootstrapInterval?>? of, Func<double, string> text) =>
        of is not null && study.IntervalsOf(row.Row) is { } intervals && of(intervals) is { } interval ? $"[{text(interval.Low)}, {text(interval.High)}]" : "";

    private static string Decades(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
