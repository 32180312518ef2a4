using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Comparison;

/// <summary>Expected best result of an optimizer when so many of its axis values are tried.</summary>
/// <param name="Tried">k, from 1.</param>
/// <param name="Expected">Mean over seeds; +∞ for a loss while all k values tried may diverge.</param>
/// <param name="Interval">By bootstrap over seeds; null for fewer than three, and where there is no number.</param>
public sealed record BudgetPoint(int Tried, double Expected, BootstrapInterval? Interval);

/// <summary>
/// The tuning budget of one track: the expected best result against the number of axis values tried at random without replacement. Computed for each seed
/// by <see cref="ExpectedBest"/>, as somebody who tunes has one run a value, then averaged over seeds. A robust optimizer is good at k = 1. What is drawn from
/// is the grid as it is: rows whose grids span different initial stepsizes tune over different ranges.
/// </summary>
/// <param name="Points">For k = 1 … the number of values that every seed has a result of; empty where there is none.</param>
/// <param name="Seeds">Seeds averaged over.</param>
/// <param name="Diverged">Runs that count as <paramref name="DivergedAs"/>.</param>
/// <param name="DivergedAs">What a run that diverged or exploded counts as; NaN where nothing tells.</param>
public sealed record BudgetCurve(ComparedTrack Track, IReadOnlyList<BudgetPoint> Points, int Seeds, int Diverged, double DivergedAs)
{
    /// <summary>Axis values of the track; more than points where some have no result yet.</summary>
    public int Values => Track.Grid.Values.Count;

    /// <summary>
    /// The area under the curve over k = 1 … N divided by N − 1, by trapezoids: one number for all budgets (Sivaprasad et al. 2020). The one value's where
    /// there is one; NaN without points.
    /// </summary>
    public double Area => Points.Count switch
    {
        0 => double.NaN,
        1 => Points[0].Expected,
        var n => Enumerable.Range(1, n - 1).Sum(k => 0.5 * (Points[k - 1].Expected + Points[k].Expected)) / (n - 1),
    };

    /// <summary>The curves of several tracks, so that a diverged run counts the same in all of one workload.</summary>
    public static IReadOnlyList<BudgetCurve> Of(IReadOnlyList<ComparedTrack> tracks, Measure measure, RunStatistic statistic)
    {
        var cells = tracks.Select(t => (Track: t, Cells: t.Cells(measure, statistic))).ToList();
        return
        [
            .. cells.Select(c =>
            {
                var related = cells.Where(o => o.Track.Sweep.Specification.Workload == c.Track.Sweep.Specification.Workload).SelectMany(o => o.Cells);
                return Of(c.Track, c.Cells, measure, DivergenceValue.Of(c.Track.Sweep.Specification, measure, related));
            }),
        ];
    }

    private static BudgetCurve Of(ComparedTrack track, IReadOnlyList<Cell> cells, Measure measure, double divergedAs)
    {
        // Without a finite value anywhere there is nothing that guessing could be taken from.
        bool HasResult(SeedResult s) => double.IsFinite(s.Value) || (s.Diverged && !double.IsNaN(divergedAs));

        var seeds = cells.SelectMany(c => c.Seeds).Where(HasResult).Select(s => s.Run.Seed).Distinct().ToList();
        var complete = cells.Select(c => c.Seeds.Where(HasResult).ToList()).Where(s => s.Count > 0 && s.Count == seeds.Count).ToList();
        var bySeed = complete.SelectMany(c => c).GroupBy(s => s.Run.Seed).OrderBy(g => g.Key)
            .Select(g => ExpectedBest.Of([.. g.Select(s => s.Diverged ? divergedAs : s.Value)], measure.IsLargerBetter())).ToList();
        return new BudgetCurve(
            track,
            [.. Enumerable.Range(0, complete.Count).Select(k => Point(k + 1, [.. bySeed.Select(e => e[k])]))],
            bySeed.Count,
            complete.SelectMany(c => c).Count(s => s.Diverged),
            divergedAs);
    }

    private static BudgetPoint Point(int tried, double[] bySeed)
    {
        var interval = bySeed.Length < SeedResampling.FewestSeeds || !bySeed.All(double.IsFinite) ? null
            : BootstrapInterval.Of([.. SeedResampling.Of(bySeed.Length).Select(drawn => drawn.Average(i => bySeed[i]))]);
        return new BudgetPoint(tried, bySeed.Average(), interval);
    }
}
