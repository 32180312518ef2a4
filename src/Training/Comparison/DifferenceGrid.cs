using Stepsize.Training.Analysis;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Comparison;

/// <summary>Differences A − B of one measure over pairs of tracks and axis values. b₀ and learning rates are different scales and give a grid each.</summary>
/// <param name="Columns">Axis values of either side, ascending; a cell that only one side has is missing, never interpolated.</param>
public sealed record DifferenceGrid(
    RobustnessAxis Axis, Measure Measure, DifferenceScale Scale, IReadOnlyList<double> Columns, IReadOnlyList<DifferenceRow> Rows)
{
    /// <param name="scale">Decades are for positive measures; accuracies are always subtracted plainly.</param>
    public static IReadOnlyList<DifferenceGrid> Build(IReadOnlyList<TrackPair> pairs, Measure measure, RunStatistic statistic, DifferenceScale scale)
    {
        var used = measure.IsAccuracy() ? DifferenceScale.Plain : scale;
        return [.. pairs.GroupBy(p => p.A.Grid.Axis).OrderBy(g => g.Key).Select(g => Of(g.Key, [.. g]))];

        DifferenceGrid Of(RobustnessAxis axis, TrackPair[] rows)
        {
            var cells = rows.Select(p => (Pair: p, A: p.A.Cells(measure, statistic), B: p.B.Cells(measure, statistic))).ToList();
            var columns = AxisValues.Union(rows.SelectMany(p => p.A.Grid.Values.Concat(p.B.Grid.Values)));
            return new DifferenceGrid(
                axis, measure, used, columns,
                [.. cells.Select(c => new DifferenceRow(c.Pair, [.. columns.Select(v => DifferenceCell.Of(v, At(c.A, v), At(c.B, v), used))]))]);
        }
    }

    /// <summary>
    /// Between which sizes of mean differences, without their sign, colours run; null where nothing can be compared. One loss that exploded must not make all
    /// others white.
    /// </summary>
    public ShownRange? Extent() => ShownRange.Of(
        [.. Rows.SelectMany(r => r.Cells).Where(c => c.Value is not null).Select(c => Math.Abs(c.Value!.Mean))], Scale == DifferenceScale.Plain && !Measure.IsAccuracy());

    private static Cell? At(IReadOnlyList<Cell> cells, double value) => cells.FirstOrDefault(c => AxisValues.AreSame(c.AxisValue, value));
}
