using Stepsize.Training.Execution;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Statistics;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Papers;

/// <summary>The statistics over learning rates on three axis values, three seeds and three epochs, with every number by hand.</summary>
public class StatisticTests
{
    /// <summary>Training accuracies by axis value, seed and epoch.</summary>
    private static readonly Dictionary<double, double[][]> Train = new()
    {
        [1] = [[0.5, 0.8, 0.7], [0.6, 0.9, 0.95], [0.4, 0.7, 0.85]],
        [10] = [[0.9, 0.95, 1.0], [0.97, 0.98, 0.98], [0.9, 0.99, 0.96]],
        [100] = [[0.2, 0.3, 0.4], [0.2, 0.3, 0.5], [0.1, 0.2, 0.3]],
    };

    [Theory]
    [InlineData("max", 0.99)] // Medians of the peaks: 0.85, 0.99, 0.4.
    [InlineData("median", 0.85)]
    [InlineData("mean", 2.24 / 3)]
    [InlineData("standardDeviation", 0.2517052950487)] // √(0.190066…/3)
    public void PeakOverAxis_IsTheSummaryOfMediansOfPeaks(string over, double expected) =>
        Assert.Equal(expected, Estimate($$"""{ "kind": "peak-over-axis", "over": "{{over}}", "whenDiverged": 0.1 }""", TableUnit.Fraction).Value, 1e-9);

    /// <summary>Each seed's own mean over the axis: (0.8 + 1.0 + 0.4)/3, (0.95 + 0.98 + 0.5)/3, (0.85 + 0.99 + 0.3)/3.</summary>
    [Fact]
    public void PeakOverAxis_SpreadIsThatOfTheSeedsOwnStatistics()
    {
        var estimate = Estimate("""{ "kind": "peak-over-axis", "over": "mean", "whenDiverged": 0.1 }""", TableUnit.Fraction);
        double[] perSeed = [2.2 / 3, 2.43 / 3, 2.14 / 3];

        Assert.Equal(MathNet.Numerics.Statistics.Statistics.StandardDeviation(perSeed), estimate.StandardDeviation!.Value, 1e-12);
        Assert.Equal(3, estimate.Seeds);
    }

    /// <summary>
    /// The highest peak is 1.0, the threshold 0.8. b₀ = 1: epochs 2, 2, 3, median 2; b₀ = 10: 1, 1, 1; b₀ = 100 never.
    /// </summary>
    [Theory]
    [InlineData("mean", "leftOut", 1.5)]
    [InlineData("median", "leftOut", 1.5)]
    [InlineData("min", "leftOut", 1)]
    [InlineData("mean", "lastEpoch", 2)]
    [InlineData("median", "lastEpoch", 2)]
    public void EpochsOverAxis_IsTheSummaryOfMedianEpochs(string over, string unreached, double expected) => Assert.Equal(
        expected,
        Estimate($$"""{ "kind": "epochs-over-axis", "over": "{{over}}", "share": 0.8, "unreached": "{{unreached}}", "whenDiverged": 0.1 }""", TableUnit.Epochs).Value);

    [Fact]
    public void PeakOverAxis_RunsThatDivergedAtOnce_CountAsTheFirstClassShare()
    {
        var runs = StoredRuns.Of(
                StoredRuns.Sweep([1, 10, 100], [0, 1, 2], 3),
                (c, e) => new Evaluation(0, TrainAccuracy: Train[c.AxisValue][c.Seed][e - 1]),
                c => c.AxisValue == 100 ? RunOutcome.Diverged : RunOutcome.Finished)
            .Select(r => r.HasDiverged ? r with { Evaluations = [] } : r);
        var protocol = TestTables.OverAxis(TableUnit.Fraction, """{ "kind": "peak-over-axis", "over": "min", "whenDiverged": 0.0987 }""", new PublishedCell(0.4, null));

        var cell = TableComparison.Of(protocol, new RunIndex(runs)).Cells[0][0];

        Assert.Equal(0.0987, cell.Ours!.Value, 1e-12);
    }

    /// <summary>Best test accuracies of the runs, by b₀: 0.7, 0.8, 0.9 and so 0.8; 0.6; 0.1.</summary>
    [Fact]
    public void BestOfAxis_IsTheLargestMeanOfBestAccuracies()
    {
        double Best(double b0, int seed) => b0 == 1 ? 0.7 + (0.1 * seed) : b0 == 10 ? 0.6 : 0.1;
        var runs = StoredRuns.Of(
            StoredRuns.Sweep([1, 10, 100], [0, 1, 2], 3), (c, e) => new Evaluation(0, TestAccuracy: e == 2 ? Best(c.AxisValue, c.Seed) : 0.05));
        var protocol = TestTables.OverAxis(TableUnit.Fraction, """{ "kind": "best-of-axis" }""", new PublishedCell(0.8, null));

        var cell = TableComparison.Of(protocol, new RunIndex(runs)).Cells[0][0];

        Assert.Equal(0.8, cell.Ours!.Value, 1e-12);
        Assert.Equal(0.1, cell.Ours.StandardDeviation!.Value, 1e-12);
        Assert.Equal(Verdict.Agrees, cell.Verdict);
    }

    private static CellEstimate Estimate(string statistic, TableUnit unit)
    {
        var runs = StoredRuns.Of(
            StoredRuns.Sweep([1, 10, 100], [0, 1, 2], 3), (c, e) => new Evaluation(0, TrainAccuracy: Train[c.AxisValue][c.Seed][e - 1]));
        return TableComparison.Of(TestTables.OverAxis(unit, statistic, new PublishedCell(0.5, null)), new RunIndex(runs)).Cells[0][0].Ours!;
    }
}
