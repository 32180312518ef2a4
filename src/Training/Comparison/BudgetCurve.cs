using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Comparison;

/// <summary>Expected best result of an optimizer when so many of its axis values are tried.</summary>
/// <param name="Tried">k, from 1.</param>
/// <param name="Expected">Mean over seeds, with its interval.</param>
public sealed record BudgetPoint(int Tried, SeedStatistics Expected);

/// <summary>
/// The tuning budget of one track: the expected best result against the number of axis values tried at random without replacement. Computed for each seed
/// by <see cref="ExpectedBest"/>, as somebody who tunes has one run a value, then averaged over seeds. A robust optimizer is good at k = 1.
/// </summary>
/// <param name="Points">For k = 1 … the number of values that every seed has a result of; empty where there is none.</param>
/// <param name="Diverged">Runs that count as <paramref name="DivergedAs"/>.</param>
/// <param name="DivergedAs">What a diverged run counts as; NaN where none is counted and nothing tells.</param>
public sealed record BudgetCurve(ComparedTrack Track, IReadOnlyList<BudgetPoint> Points, int Diverged, double DivergedAs)
{
    /// <summary>Axis values of the track; more than points where some have no result yet.</summary>
    public int Values => Track.Grid.Values.Count;

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
        // Without a finite value anywhere there is nothing that a diverged run could count as.
        bool HasResult(SeedResult s) => double.IsFinite(s.Value) || (s.Diverged && double.IsFinite(divergedAs));

        var seeds = cells.SelectMany(c => c.Seeds).Where(HasResult).Select(s => s.Run.Seed).Distinct().ToList();
        var complete = cells.Select(c => c.Seeds.Where(HasResult).ToList()).Where(s => s.Count > 0 && s.Count == seeds.Count).ToList();
        var larger = RobustnessTable.IsLargerBetter(measure);
        var bySeed = complete.SelectMany(c => c).GroupBy(s => s.Run.Seed)
            .Select(g => ExpectedBest.Of([.. g.Select(s => s.Diverged ? divergedAs : s.Value)], larger)).ToList();
        return new BudgetCurve(
            track,
            [.. Enumerable.Range(1, complete.Count).Select(k => new BudgetPoint(k, SeedStatistics.Of([.. bySeed.Select(e => e[k - 1])])))],
            complete.SelectMany(c => c).Count(s => s.Diverged),
            divergedAs);
    }
}
