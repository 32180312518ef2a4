using Spectre.Console;
using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;
using Stepsize.Web.Figures.Exhibits;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>Prints the heatmap's numbers, axis values down and optimizers across, and how robust each optimizer is: the numbers of the sweep's page.</summary>
internal static class RobustnessPrinter
{
    /// <param name="tolerance">Null for the measure's default.</param>
    public static void Print(RunCollector collector, Measure measure, Tolerance? tolerance, IAnsiConsole output)
    {
        var view = ViewOf(collector, measure, tolerance);
        foreach (var group in view.Study.Rows.GroupBy(view.AxisOf))
        {
            output.Write(Cells([.. group], view, RobustnessAxisName.Of(group.Key)));
        }

        output.Write(Summary(view));
    }

    private static RobustnessView ViewOf(RunCollector collector, Measure measure, Tolerance? tolerance)
    {
        var sweep = collector.Sweep;
        var grids = HeatmapGrid.Build(
            [.. sweep.Optimizers.Select(o => o.Axis)], [.. sweep.Optimizers.Select(o => o.Values)], collector.Runs.Select((r, i) => Measured(r, i)), measure, iteration: null);
        var floor = SweepRobustness.FloorOf(collector.Runs.Select(r => r.Provenance), measure);
        return new RobustnessView(sweep, SweepView.TitlesOf(sweep.Optimizers), SweepRobustness.Of(sweep, grids, measure, tolerance, floor));
    }

    private static MeasuredRun Measured(CollectedRun run, int key) => new()
    {
        Key = key,
        Row = run.Row,
        AxisValue = run.Configuration.AxisValue,
        Seed = run.Configuration.Seed,
        Outcome = run.Result?.Outcome ?? RunOutcome.CutShort,
        FirstBadIteration = run.Result?.FirstBadIteration,
        Evaluations = run.Evaluations,
    };

    private static Table Cells(RobustnessRow[] rows, RobustnessView view, string axis)
    {
        var table = new Table().Border(TableBorder.Simple).Title($"final {MeasureText.Caption(view.Measure)}");
        table.AddColumn(new TableColumn(axis).RightAligned().NoWrap());
        foreach (var row in rows)
        {
            table.AddColumn(new TableColumn(Markup.Escape(view.RowTitles[row.Row])).RightAligned());
        }

        foreach (var value in rows.SelectMany(r => r.Cells).Select(c => c.AxisValue).Distinct().Order())
        {
            table.AddRow([NumberText.Axis(value), .. rows.Select(r => Shown(r.Cells.FirstOrDefault(c => c.AxisValue == value), view.Measure))]);
        }

        return table;
    }

    private static string Shown(RobustnessCell? cell, Measure measure) => cell switch
    {
        null => "",
        { Runs: 0 } => "–",
        { Diverged: var all, Exploded: var exploded, Runs: var runs } when all == runs => exploded == all ? "exploded" : "diverged",
        _ => NumberText.Of(measure, cell.Mean)
            + (double.IsFinite(cell.HalfWidth) ? $" ± {NumberText.Spread(measure, cell.HalfWidth)}" : "")
            + (cell.Diverged > 0 ? $" ({cell.Diverged} of {cell.Runs} diverged)" : ""),
    };

    private static Table Summary(RobustnessView view)
    {
        var columns = SummaryColumns.Of(view);
        var table = new Table().Border(TableBorder.Simple).Title("robustness");
        table.AddColumn(new TableColumn("optimizer"));
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column.Title).RightAligned());
        }

        foreach (var row in view.Study.Rows)
        {
            table.AddRow([Markup.Escape(view.RowTitles[row.Row]), .. columns.Select(c => Markup.Escape(c.Cell(row).Text))]);
        }

        return table.Caption(Markup.Escape(SummaryColumns.Definitions(view)));
    }
}
