using Stepsize.Training.Analysis;

namespace Stepsize.Training.Papers.Statistics;

/// <summary>Peak training accuracy, median over runs, summarised over learning rates (Ioannou, Tagaris and Stafylopatis 2023, tables 2 to 4, top).</summary>
/// <param name="WhenDiverged">Accuracy of always answering the first class, which is what a diverged network scores.</param>
public sealed record PeakOverAxis(AxisSummary Over, double WhenDiverged) : CellStatistic
{
    public override string Meaning => $"peak training accuracy, median over runs, {SummaryName.Of(Over)} over learning rates";

    public override bool NeedsEveryEpoch => true;

    public override bool IsOverAxis => true;

    public override CellEstimate? Compute(IReadOnlyList<AxisRuns> axis, RunLength length)
    {
        var peaks = TrainingAccuracies.BySeed(axis, length, WhenDiverged, accuracies => PeakAccuracy.OfRun(accuracies, WhenDiverged));
        var value = Over.Of([.. peaks.Select(p => PeakAccuracy.MedianOverRuns(p.Values))]);
        var seeds = TrainingAccuracies.SharedSeeds(peaks);
        return double.IsNaN(value)
            ? null
            : CellEstimate.WithSpread(value, seeds.Select(s => Over.Of([.. peaks.Select(p => p[s])])), peaks.Min(p => p.Count));
    }

    public override SeedFunction OfSeeds(IReadOnlyList<AxisRuns> axis, RunLength length)
    {
        var peaks = TrainingAccuracies.BySeed(axis, length, WhenDiverged, accuracies => PeakAccuracy.OfRun(accuracies, WhenDiverged));
        return new SeedFunction(
            [.. TrainingAccuracies.SharedSeeds(peaks).Select(seed => peaks.Select(p => p[seed]).ToArray())],
            seeds => Over.Of([.. Enumerable.Range(0, axis.Count).Select(i => PeakAccuracy.MedianOverRuns([.. seeds.Select(s => s[i])]))]));
    }
}
