using Stepsize.Training.Analysis;

namespace Stepsize.Training.Comparison;

/// <summary>One pair of tracks in a difference heatmap.</summary>
/// <param name="Cells">One for each column of the grid.</param>
public sealed record DifferenceRow(TrackPair Pair, IReadOnlyList<DifferenceCell> Cells)
{
    /// <summary>Cells in which every seed that any cell pairs has a pair: what <see cref="Overall"/> is over.</summary>
    public IReadOnlyList<DifferenceCell> Complete
    {
        get
        {
            var seeds = Cells.SelectMany(c => c.Pairs).Select(p => p.Seed).Distinct().Count();
            return seeds == 0 ? [] : [.. Cells.Where(c => c.Pairs.Count == seeds)];
        }
    }

    /// <summary>
    /// The difference over the axis: of each seed the mean over the complete cells, then mean and interval over the seeds. Cells of one seed are not
    /// independent of each other, seeds are. Null where no cell is complete.
    /// </summary>
    public SeedStatistics? Overall
    {
        get
        {
            double[] means = [.. Complete.SelectMany(c => c.Pairs).GroupBy(p => p.Seed).Select(g => g.Average(p => p.Difference))];
            return means.Length == 0 ? null : SeedStatistics.Of(means);
        }
    }
}
