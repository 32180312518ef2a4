using System.Numerics.Tensors;
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
        var value = Summarise(epochs.Select(e => ConvergenceEpoch.MedianOverRuns(e.Values)), last);
        return double.IsNaN(value)
            ? null
            : CellEstimate.WithSpread(
                value, TrainingAccuracies.SharedSeeds(epochs).Select(s => Summarise(epochs.Select(e => e[s]), last)), epochs.Min(e => e.Count));
    }

    /// <summary>Whole curves are drawn again, one after the other by learning rate, so that the highest peak and what it asks for are drawn with them.</summary>
    public override SeedFunction? OfSeeds(IReadOnlyList<AxisRuns> axis, RunLength length)
    {
        if (length.Epochs is not { } last)
        {
            return null;
        }

        var runs = axis.Select(a => a.Runs.ToDictionary(r => r.Configuration.Seed)).ToList();
        var shared = axis[0].Runs.Select(r => r.Configuration.Seed).Where(seed => runs.TrueForAll(r => r.ContainsKey(seed))).Order();
        return new SeedFunction([.. shared.Select(seed => runs.SelectMany(r => Curve(r[seed], length, last)).ToArray())], seeds => OfCurves(seeds, axis.Count, last));
    }

    /// <summary>A number for each epoch: what a diverged run no longer measured is what a diverged network scores.</summary>
    private IEnumerable<double> Curve(StoredRun run, RunLength length, int last)
    {
        var accuracies = TrainingAccuracies.OfRun(run, length);
        return Enumerable.Range(0, last).Select(epoch => epoch < accuracies.Length && double.IsFinite(accuracies[epoch]) ? accuracies[epoch] : WhenDiverged);
    }

    private double OfCurves(IReadOnlyList<double[]> seeds, int values, int last)
    {
        var threshold = Share * seeds.Max(s => TensorPrimitives.Max<double>(s));
        var medians = new double[values];
        var epochs = new double[seeds.Count];
        for (var i = 0; i < values; i++)
        {
            for (var k = 0; k < epochs.Length; k++)
            {
                epochs[k] = ConvergenceEpoch.OfRun(seeds[k].AsSpan(i * last, last), threshold);
            }

            medians[i] = ConvergenceEpoch.MedianOverRuns(epochs);
        }

        return Summarise(medians, last);
    }

    private double Summarise(IEnumerable<double> byRate, int last) => Over.Of(ConvergenceEpoch.Settle(byRate, Unreached, last));
}
