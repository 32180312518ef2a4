using Stepsize.Training.Analysis;

namespace Stepsize.Training.Papers.Statistics;

/// <summary>
/// Epochs to a share of the highest peak of training accuracy, median over runs, summarised over learning rates (Ioannou, Tagaris and Stafylopatis 2023,
/// tables 2 to 4, bottom). The highest peak is taken over all runs and learning rates of the optimizer itself: with one peak for all optimizers, AdaLip's
/// fastest learning rate on CIFAR-10 could not have come within the share in 22 of 30 epochs and peaked as low as it did.
/// </summary>
public sealed record EpochsOverAxis(AxisSummary Over, double Share, UnreachedRule Unreached, double WhenDiverged) : CellStatistic
{
    public override string Meaning =>
        FormattableString.Invariant($"epochs to {Share * 100:0.##}% of the optimizer's highest peak of training accuracy, median over runs, {SummaryName.Of(Over)} over learning rates (")
        + (Unreached == UnreachedRule.LeftOut ? "learning rates that never reach it are left out)" : "those that never reach it count as the last epoch)");

    public override bool NeedsEveryEpoch => true;

    public override bool IsOverAxis => true;

    public override CellEstimate? Compute(IReadOnlyList<AxisRuns> axis, RunLength length)
    {
        if (length.Epochs is not { } last)
        {
            return null;
        }

        var threshold = Share * TrainingAccuracies.BySeed(axis, length, WhenDiverged, a => PeakAccuracy.OfRun(a, WhenDiverged)).Max(p => p.Values.Max());
        var epochs = TrainingAccuracies.BySeed(axis, length, WhenDiverged, a => ConvergenceEpoch.OfRun(a, threshold));
        double Summarise(IEnumerable<double> byRate) => Over.Of(ConvergenceEpoch.Settle(byRate, Unreached, last));
        var value = Summarise(epochs.Select(e => ConvergenceEpoch.MedianOverRuns(e.Values)));
        return double.IsNaN(value)
            ? null
            : CellEstimate.WithSpread(
                value, TrainingAccuracies.SharedSeeds(epochs).Select(s => Summarise(epochs.Select(e => e[s]))), epochs.Min(e => e.Count));
    }
}
