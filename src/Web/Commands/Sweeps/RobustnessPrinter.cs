using Spectre.Console;
using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;
using Stepsize.Web.Components.Models;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>Prints the heatmap's numbers, axis values down and optimizers across, and how robust each optimizer is.</summary>
internal static class RobustnessPrinter
{
    public static void Print(RunCollector collector, Measure measure)
    {
        var scores = collector.Runs
            .Where(r => r.Result is { Outcome: not RunOutcome.Failed } && r.Evaluations.Count > 0)
            .Select(r => new RunScore(
                r.Row, r.Configuration.AxisValue, measure.Of(r.Evaluations[^1].Evaluation), r.Result!.Outcome == RunOutcome.Diverged))
            .ToList();
        var rows = RobustnessTable.Compute(scores, measure);
        var labels = SweepView.TitlesOf(collector.Sweep.Optimizers);
        foreach (var group in rows.GroupBy(r => collector.Sweep.Optimizers[r.Row].Axis))
        {
            Terminal.Output.Write(Cells([.. group], labels, measure, RobustnessAxisName.Of(group.Key)));
        }

        Terminal.Output.Write(Summary(rows, labels, measure));
    }

    private static Table Cells(RobustnessRow[] rows, IReadOnlyList<string> labels, Measure measure, string axis)
    {
        var table = new Table().Border(TableBorder.Simple).Title($"final {MeasureText.Caption(measure)}");
        table.AddColumn(new TableColumn(axis).RightAligned().NoWrap());
        foreach (var row in rows)
        {
            table.AddColumn(new TableColumn(Markup.Escape(labels[row.Row])).RightAligned());
        }

        foreach (var value in rows.SelectMany(r => r.Cells).Select(c => c.AxisValue).Distinct().Order())
        {
            table.AddRow([NumberText.Axis(value), .. rows.Select(r => Shown(r.Cells.FirstOrDefault(c => c.AxisValue == value), measure))]);
        }

        return table;
    }

    private static string Shown(RobustnessCell? cell, Measure measure) => cell switch
    {
        null => "",
        { Diverged: var all, Runs: var runs } when all == runs => "diverged",
        _ => Shown(cell.Mean, measure)
            + (double.IsFinite(cell.HalfWidth) ? $" ± {NumberText.Spread(measure, cell.HalfWidth)}" : "")
            + (cell.Diverged > 0 ? $" ({cell.Diverged} of {cell.Runs} diverged)" : ""),
    };

    private static Table Summary(IReadOnlyList<RobustnessRow> rows, IReadOnlyList<string> labels, Measure measure)
    {
        var table = new Table().Border(TableBorder.Simple).Title("robustness");
        foreach (var column in new[] { "optimizer", "best", "at", "width, decades", "mean", "median", "worst", "std", "diverged" })
        {
            table.AddColumn(column == "optimizer" ? new TableColumn(column) : new TableColumn(column).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(labels[row.Row]),
                Shown(row.Best, measure),
                double.IsFinite(row.BestAt) ? NumberText.Axis(row.BestAt) : "–",
                Width(row.Band, measure),
                Shown(row.Mean, measure),
                Shown(row.Median, measure),
                Shown(row.Worst, measure),
                Spread(row.StandardDeviation, measure),
                $"{row.Diverged} of {row.Runs}");
        }

        return RobustnessTable.IsLargerBetter(measure)
            ? table.Caption("width: decades around the best, within 1 point of the best over all optimizers; ≥ where it reaches the grid's edge")
            : table;
    }

    private static string Shown(double value, Measure measure) => double.IsNaN(value) ? "–" : NumberText.Of(measure, value);

    private static string Spread(double value, Measure measure) => double.IsNaN(value) ? "–" : NumberText.Spread(measure, value);

    private static string Width(RobustBand? band, Measure measure) =>
        band is not null ? NumberText.Decades(band)
        : RobustnessTable.IsLargerBetter(measure) ? "none" : "–";
}
