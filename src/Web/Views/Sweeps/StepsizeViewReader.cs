using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Training.Analysis.Curves;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>Averages stored stepsizes over a window of iterations. Only the stretches of the columns that the window touches are read.</summary>
public sealed class StepsizeViewReader(IColumnReader columns)
{
    /// <param name="window">As in the address; null for the end.</param>
    /// <param name="over"><c>median</c>; anything else is the mean.</param>
    public async Task<StepsizeView> ReadAsync(SweepView view, string? window, string? over, CancellationToken cancellation)
    {
        var sweep = view.Detail.Specification;
        var shown = StepsizeView.WindowOf(window, sweep.IterationsPerRun(sweep.Workload.Measure(sweep.WorkloadOptions)));
        var center = over == "median" ? SeedCenter.Median : SeedCenter.Mean;
        var runs = view.Detail.Runs.ToDictionary(r => r.Id);
        var seeds = new Dictionary<(int Row, double Value), List<WindowedStepsize>>();
        await foreach (var column in columns.ReadAsync([.. runs.Keys], MetricColumn.Stepsize, shown.First, shown.Last, cancellation))
        {
            Add(runs[column.RunId], column.Values);
            runs.Remove(column.RunId);
        }

        foreach (var run in runs.Values)
        {
            Add(run, []);
        }

        return new StepsizeView(view, shown, center, [.. view.Grids.Select(grid => new StepsizeGrid(grid.Axis, grid.Columns, [.. grid.Rows.Select(row => (row.Row, Cells(row.Row, grid.Columns)))]))]);

        void Add(RunRow run, float[] values)
        {
            if (!seeds.TryGetValue((run.Row, run.AxisValue), out var list))
            {
                seeds.Add((run.Row, run.AxisValue), list = []);
            }

            list.Add(WindowedStepsize.Of(shown, values, run.Outcome, run.FirstBadIteration));
        }

        IReadOnlyList<StepsizeCell?> Cells(int row, IReadOnlyList<double> values) =>
            [.. values.Select(value => seeds.TryGetValue((row, value), out var list) ? StepsizeCell.Of(row, value, list, center) : null)];
    }
}
