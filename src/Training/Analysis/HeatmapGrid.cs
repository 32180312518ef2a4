using Stepsize.Training.Optimizers;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Analysis;

/// <summary>A row of a heatmap.</summary>
/// <param name="Row">Index of the optimizer in the sweep.</param>
/// <param name="Cells">One for each column of the grid; missing where the row does not have the value.</param>
public sealed record HeatmapRow(int Row, IReadOnlyList<Cell> Cells)
{
    /// <summary>Iterations of one run per second of its training, over the runs of the row that have made any; NaN where none has.</summary>
    public double IterationsPerSecond
    {
        get
        {
            MeasuredRun[] trained = [.. Cells.SelectMany(c => c.Seeds).Select(s => s.Run).Where(r => r.Seconds > 0)];
            return trained.Length == 0 ? double.NaN : trained.Sum(r => (double)r.Iterations) / trained.Sum(r => r.Seconds);
        }
    }
}

/// <summary>
/// One measure over optimizers and axis values. b₀ and learning rates are different scales, so a sweep that has both gives two grids.
/// </summary>
/// <param name="Columns">All values of any row, ascending.</param>
public sealed record HeatmapGrid(RobustnessAxis Axis, Measure Measure, IReadOnlyList<double> Columns, IReadOnlyList<HeatmapRow> Rows)
{
    /// <param name="axes">Axis of each row of the sweep.</param>
    /// <param name="values">Axis values of each row of the sweep.</param>
    /// <param name="iteration">Evaluation to take, by iterations made; null for the end of the run.</param>
    /// <param name="statistic">What of the evaluations until then; null for the last of them.</param>
    public static IReadOnlyList<HeatmapGrid> Build(
        IReadOnlyList<RobustnessAxis> axes,
        IReadOnlyList<IReadOnlyList<double>> values,
        IEnumerable<MeasuredRun> runs,
        Measure measure,
        int? iteration,
        RunStatistic? statistic = null)
    {
        var byCell = runs.ToLookup(r => (r.Row, r.AxisValue));
        return
        [
            .. Enumerable.Range(0, axes.Count)
                .GroupBy(row => axes[row])
                .OrderBy(group => group.Key)
                .Select(group =>
                {
                    double[] columns = [.. group.SelectMany(row => values[row]).Distinct().Order()];
                    return new HeatmapGrid(group.Key, measure, columns, [.. group.Select(row => Row(row, columns))]);
                }),
        ];

        HeatmapRow Row(int row, double[] columns) =>
            new(row, [.. columns.Select(value => Cell.Of(row, value, byCell[(row, value)], measure, iteration, statistic))]);
    }

    /// <summary>Runs that have a result at the moment shown, for the robustness of their rows.</summary>
    public IEnumerable<RunScore> Scores() =>
        from row in Rows
        from cell in row.Cells
        from seed in cell.Seeds
        where seed.Diverged || double.IsFinite(seed.Value)
        select new RunScore(row.Row, cell.AxisValue, seed.Run.Seed, seed.Value, seed.Diverged, seed.Exploded);

    /// <summary>Between which means colours and axes run; null where nothing is measured.</summary>
    public ShownRange? Range() => Range([this]);

    /// <summary>The same for several grids of one measure together: of finished cells, and before there are any of what has been measured on the way.</summary>
    public static ShownRange? Range(IReadOnlyCollection<HeatmapGrid> grids)
    {
        Cell[] cells = [.. grids.SelectMany(g => g.Rows).SelectMany(r => r.Cells)];
        double[] means = [.. cells.Select(c => c.Value).OfType<SeedStatistics>().Select(v => v.Mean)];
        return grids.Count == 0 ? null
            : ShownRange.Of(grids.First().Measure, means.Length > 0 ? means : [.. cells.Select(c => c.Interim).OfType<InterimValue>().Select(v => v.Mean)]);
    }
}
