using MathNet.Numerics.Statistics;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Robustness;

/// <summary>Computes how robust each optimizer of a sweep is to its axis, from the values of its runs.</summary>
public static class RobustnessTable
{
    /// <summary>A cell is as good as the best when its accuracy is at most this much below: one point.</summary>
    public const double AccuracyTolerance = 0.01;

    /// <param name="scores">Runs that have ended, in any order.</param>
    /// <param name="values">
    /// The axis values that each row is to have: those without an ended run become cells of no runs, which a band does not cross. Null where the scores are all there is.
    /// </param>
    /// <returns>One row an optimizer that has runs, by <see cref="RunScore.Row"/>.</returns>
    public static IReadOnlyList<RobustnessRow> Compute(IReadOnlyCollection<RunScore> scores, Measure measure, IReadOnlyList<IReadOnlyList<double>>? values = null)
    {
        var larger = IsLargerBetter(measure);
        var rows = scores.GroupBy(s => s.Row).OrderBy(g => g.Key).Select(g => (Row: g.Key, Cells: Cells(g, values?[g.Key] ?? []))).ToList();
        var means = rows.SelectMany(r => r.Cells).Select(c => c.Mean).Where(double.IsFinite).ToList();
        var threshold = larger && means.Count > 0 ? means.Max() - AccuracyTolerance : double.NaN;
        return [.. rows.Select(r => Summarise(r.Row, r.Cells, larger, threshold))];
    }

    /// <summary>Whether more of the measure is better: accuracies, but not losses and norms.</summary>
    public static bool IsLargerBetter(Measure measure) => measure is Measure.TestAccuracy or Measure.TrainAccuracy;

    private static RobustnessCell[] Cells(IEnumerable<RunScore> row, IReadOnlyList<double> expected)
    {
        var cells = row.GroupBy(s => s.AxisValue).Select(g =>
        {
            var values = g.Where(s => !s.Diverged && double.IsFinite(s.Value)).Select(s => s.Value).ToArray();
            return new RobustnessCell(
                g.Key, g.Count(), g.Count(s => s.Diverged), values.Length == 0 ? double.NaN : values.Average(), StudentInterval.HalfWidth(values));
        }).ToList();
        var missing = expected.Except(cells.Select(c => c.AxisValue)).Select(v => new RobustnessCell(v, Runs: 0, Diverged: 0, double.NaN, double.NaN));
        return [.. cells.Concat(missing).OrderBy(c => c.AxisValue)];
    }

    private static RobustnessRow Summarise(int row, RobustnessCell[] cells, bool larger, double threshold)
    {
        var means = cells.Select(c => c.Mean).Where(double.IsFinite).ToArray();
        if (means.Length == 0)
        {
            return new RobustnessRow(row, cells, double.NaN, double.NaN, null, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var best = larger ? means.Max() : means.Min();
        var at = Array.FindIndex(cells, c => c.Mean == best);
        return new RobustnessRow(
            row,
            cells,
            best,
            cells[at].AxisValue,
            best >= threshold && cells[at].Diverged == 0 ? BandAround(cells, at, threshold) : null,
            means.Average(),
            means.Median(),
            larger ? means.Min() : means.Max(),
            means.Length < 2 ? double.NaN : means.PopulationStandardDeviation());
    }

    private static RobustBand BandAround(RobustnessCell[] cells, int best, double threshold)
    {
        var first = Edge(cells, best, -1, threshold);
        var last = Edge(cells, best, 1, threshold);
        return new RobustBand(first.Value, last.Value, first.IsEnd, last.IsEnd);
    }

    /// <summary>Where the mean falls below the threshold on the way from the best cell to one side.</summary>
    private static (double Value, bool IsEnd) Edge(RobustnessCell[] cells, int best, int direction, double threshold)
    {
        for (var i = best; ; i += direction)
        {
            if (i + direction < 0 || i + direction >= cells.Length)
            {
                return (cells[i].AxisValue, true);
            }

            var (inside, next) = (cells[i], cells[i + direction]);
            // What was not tried may well be as good: the width is at least this.
            if (next.Runs == 0)
            {
                return (inside.AxisValue, true);
            }

            if (!double.IsFinite(next.Mean) || next.Diverged > 0)
            {
                return (inside.AxisValue, false);
            }

            if (next.Mean < threshold)
            {
                var share = (inside.Mean - threshold) / (inside.Mean - next.Mean);
                return (inside.AxisValue * Math.Pow(next.AxisValue / inside.AxisValue, share), false);
            }
        }
    }
}
