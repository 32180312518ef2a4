using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Papers.Statistics;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>Says plainly which interval a verdict rests on, and what it takes for granted. Each text ends a sentence.</summary>
internal static class VerdictReason
{
    /// <param name="here">n, our runs.</param>
    /// <param name="published">m, the paper's.</param>
    public static string Of(IntervalBasis basis, int here, int published) => basis switch
    {
        IntervalBasis.BothSpreads => $"by Welch's 95% interval of the difference, from the spread of {Runs(here)} here and of {Papers(published)}",
        IntervalBasis.PooledSpreads => $"by Student's 95% interval of the difference, from the spreads of {Runs(here)} here and of {Papers(published)} taken together",
        IntervalBasis.OurSpread =>
            $"by the 95% interval of the difference, from the spread of {Runs(here)} here; the paper prints none, and {Papers(published)} {(published == 1 ? "is" : "are")} taken to vary as ours do",
        IntervalBasis.PublishedSpread => $"by the 95% interval of the difference, from the spread of {Papers(published)}; the one run here is taken to vary as they do",
        _ => $"by the 95% interval of the difference, from {Runs(here)} here, drawn again whole (bootstrap), as many as here and as many as {Papers(published)}",
    };

    public static string Diverged(CellEstimate ours, IReadOnlyList<StoredRun> runs) =>
        $"{ours.Diverged} of {ours.Seeds + ours.Diverged} runs {(runs.Any(r => r.Outcome == RunOutcome.Exploded) ? "diverged or exploded" : "diverged")}";

    private static string Runs(int count) => $"{count} {(count == 1 ? "run" : "runs")}";

    private static string Papers(int count) => $"the paper's {(count == 1 ? "one run" : Runs(count))}";
}
