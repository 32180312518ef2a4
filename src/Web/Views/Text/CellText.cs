using System.Text;
using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Web.Views.Sweeps;

namespace Stepsize.Web.Views.Text;

/// <summary>A cell of a heatmap in words: what its tooltip shows and what a screen reader says.</summary>
public static class CellText
{
    /// <summary>What is printed in the cell.</summary>
    /// <param name="narrow">Whether there is room for a digit of a loss only; the tooltip has the others.</param>
    public static string Short(SweepView view, Cell cell, bool narrow = false) => cell.State switch
    {
        CellState.Measured when IsBound(view, cell.Value!.Mean) => "≤" + NumberText.Tiny(view.Robustness.Study.Floor),
        CellState.Measured when narrow && !view.Measure.IsAccuracy() => NumberText.Tiny(cell.Value!.Mean),
        CellState.Measured => NumberText.Of(view.Measure, cell.Value!.Mean),
        CellState.Diverged => cell.Exploded == cell.Diverged ? "expl" : "div",
        CellState.Running or CellState.Waiting when cell.Interim is { } interim =>
            narrow && !view.Measure.IsAccuracy() ? NumberText.Tiny(interim.Mean) : NumberText.Of(view.Measure, interim.Mean),
        CellState.Running => NumberText.Percent(cell.Progress),
        CellState.Ended => cell.Failed > 0 ? "failed" : cell.Seeds.Any(s => s.Run.Outcome == RunOutcome.CutShort) ? "cut" : "n/a",
        _ => "",
    };

    /// <summary>One line for the place, one for the result, what statistic it is where it is not the final value, one for each seed where there are several.</summary>
    public static string Long(SweepView view, Cell cell)
    {
        var grid = view.Detail.Specification.Optimizers[cell.Row];
        var text = new StringBuilder($"{view.RowTitles[cell.Row]}, {SweepView.AxisTitle(grid.Axis)} = {view.AxisText(cell.Row, cell.AxisValue)}\n{Result(view, cell)}");
        if (StatisticText.Basis(view.Statistic, cell, view.Moment.Iteration) is { } basis)
        {
            text.Append($"\n{basis}");
        }

        if (cell.Seeds.Count > 1)
        {
            foreach (var seed in cell.Seeds)
            {
                text.Append($"\nseed {seed.Run.Seed}: {Seed(view, seed)}");
            }
        }

        return text.ToString();
    }

    private static string Result(SweepView view, Cell cell)
    {
        var measure = MeasureText.Title(view.Measure);
        var unit = view.Measure.IsAccuracy() ? " %" : "";
        return cell.State switch
        {
            CellState.Missing when view.Detail.Specification.Optimizers[cell.Row].Values.Contains(cell.AxisValue) => "no run: deleted",
            CellState.Missing => "not part of this sweep",
            CellState.Waiting => "waiting" + SoFar(view, cell),
            CellState.Running => $"running, {NumberText.Percent(cell.Progress)} done" + SoFar(view, cell),
            CellState.Diverged when cell.Seeds.Count == 1 => Seed(view, cell.Seeds[0]),
            CellState.Diverged => $"{Lost(cell)} of {cell.Seeds.Count} seeds",
            CellState.Ended when cell.Seeds.Count == 1 => Seed(view, cell.Seeds[0]),
            CellState.Ended => "ended without a result",
            _ when IsBound(view, cell.Value!.Mean) =>
                $"{measure} ≤ {NumberText.Short(view.Robustness.Study.Floor)}: less is rounding ({NumberText.Short(cell.Value.Mean)} computed){Count(cell)}",
            _ => $"{measure} {NumberText.Of(view.Measure, cell.Value!.Mean)}{Spread(view, cell)}{unit}{Count(cell)}",
        };
    }

    /// <summary>When what stands in an unfinished cell was measured, such as <c>epoch 2.5</c>.</summary>
    public static string When(InterimValue interim) => interim.Point.Epoch >= 0.1
        ? $"epoch {NumberText.Axis(interim.Point.Epoch)}"
        : $"iteration {NumberText.Whole(interim.Point.Iteration)}";

    /// <summary>Which cells a chart's axis leaves out, in a sentence; empty where it leaves out none.</summary>
    public static string Beyond(SweepView view, HeatmapGrid grid)
    {
        if (grid.Range() is not { } range)
        {
            return "";
        }

        var means = grid.Rows.SelectMany(r => r.Cells).Where(c => c.Value is not null).Select(c => c.Value!.Mean).ToList();
        string[] parts =
        [
            .. Part(means.Count(m => m > range.High), "above", range.High, "up to", range.Largest, "upper"),
            .. Part(means.Count(m => m < range.Low), "below", range.Low, "down to", range.Smallest, "lower"),
        ];
        return string.Join(" ", parts);

        IEnumerable<string> Part(int count, string where, double end, string upTo, double last, string edge) => count == 0 ? []
            : [$"{count} {(count == 1 ? "cell lies" : "cells lie")} {where} {NumberText.Of(view.Measure, end)} ({upTo} {NumberText.Of(view.Measure, last)}), along the {edge} edge."];
    }

    private static string SoFar(SweepView view, Cell cell) => cell.Interim is not { } interim ? ""
        : $"; {MeasureText.Title(view.Measure)} {NumberText.Of(view.Measure, interim.Mean)}{(view.Measure.IsAccuracy() ? " %" : "")} after {When(interim)}";

    /// <summary>Whether a loss is below what rounding lets one tell.</summary>
    private static bool IsBound(SweepView view, double value) => !view.Measure.IsAccuracy() && value < view.Robustness.Study.Floor;

    private static string Spread(SweepView view, Cell cell) =>
        double.IsFinite(cell.Value!.HalfWidth) ? $" ± {NumberText.Spread(view.Measure, cell.Value.HalfWidth)}" : "";

    private static string Count(Cell cell) =>
        (cell.Seeds.Count > 1 ? $" (n = {cell.Value!.Count})" : "")
        + (cell.Diverged > 0 ? $", {Lost(cell)} of {cell.Seeds.Count} seeds" : "")
        + (cell.Pending > 0 ? $", {cell.Pending} still to come" : "");

    /// <summary>How many seeds have no value for their stepsize, by kind: <c>2 diverged, 1 exploded</c>.</summary>
    private static string Lost(Cell cell) => string.Join(", ", new[] { (Count: cell.Diverged - cell.Exploded, "diverged"), (Count: cell.Exploded, "exploded") }
        .Where(k => k.Count > 0).Select(k => $"{k.Count} {k.Item2}"));

    private static string Seed(SweepView view, SeedResult seed) => seed switch
    {
        { Exploded: true } => "exploded",
        { Diverged: true, Run.FirstBadIteration: { } iteration } => $"diverged at iteration {NumberText.Whole(iteration)}",
        { Diverged: true } => "diverged",
        _ when double.IsFinite(seed.Value) => NumberText.Of(view.Measure, seed.Value),
        { Run.IsRunning: true } => $"running, {NumberText.Percent(seed.Run.Progress)} done",
        { Run.Outcome: null } => "waiting",
        { Run.Outcome: RunOutcome.CutShort or RunOutcome.Failed } => StatusText.Of(seed.Run.Outcome.Value),
        _ => $"no {MeasureText.Title(view.Measure)}",
    };
}
