namespace Stepsize.Training.Papers.Statistics;

/// <summary>
/// The mean over runs of each run's best test accuracy, at the learning rate where that is best (Ioannou, Tagaris and Stafylopatis 2023, table 5).
/// </summary>
public sealed record BestOfAxis : CellStatistic
{
    public override string Meaning => "best test accuracy of each run, mean over runs, at the best learning rate";

    public override bool NeedsEveryEpoch => true;

    public override bool IsOverAxis => true;

    public override CellEstimate? Compute(IReadOnlyList<AxisRuns> axis, RunLength length)
    {
        var estimates = axis.Select(a => CellEstimate.OfSeeds([.. a.Runs.Select(r => BestEpoch.Of(r, length))])!).ToList();
        var sound = estimates.Where(e => e.Diverged == 0).MaxBy(e => e.Value);
        return sound ?? new CellEstimate(double.NaN, null, 0, estimates.Max(e => e.Diverged));
    }

    /// <summary>Of the learning rates at which no run diverged; which of them is the best is drawn with them.</summary>
    public override SeedFunction? OfSeeds(IReadOnlyList<AxisRuns> axis, RunLength length)
    {
        var best = axis.Select(a => a.Runs.ToDictionary(r => r.Configuration.Seed, r => BestEpoch.Of(r, length))).Where(b => b.Values.All(double.IsFinite)).ToList();
        return best.Count == 0
            ? null
            : new SeedFunction(
                [.. TrainingAccuracies.SharedSeeds(best).Select(seed => best.Select(b => b[seed]).ToArray())],
                seeds => Enumerable.Range(0, best.Count).Max(i => seeds.Average(s => s[i])));
    }
}
