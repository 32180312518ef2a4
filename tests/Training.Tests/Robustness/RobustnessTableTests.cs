using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Robustness;

public class RobustnessTableTests
{
    private static readonly double[] Axis = [0.01, 0.1, 1, 10, 100];

    [Fact]
    public void Compute_ValueWithoutAnyRun_EndsTheBandWhichIsThenAtLeastAsWide()
    {
        RunScore[] scores = [new(0, 1, 0.9, false), new(0, 10, 0.9, false), new(0, 1000, 0.9, false)];

        var row = Assert.Single(RobustnessTable.Compute(scores, Measure.TestAccuracy, [[1, 10, 100, 1000]]));

        Assert.Equal((1, 10, true), (row.Band!.From, row.Band.To, row.Band.ReachesLast));
        Assert.Equal([1, 1, 0, 1], row.Cells.Select(c => c.Runs));
        Assert.Equal(3, Assert.Single(RobustnessTable.Compute(scores, Measure.TestAccuracy)).Band!.Decades, 1e-12);
    }

    [Fact]
    public void Compute_BandInsideTheGrid_CrossesWhereTheLineMeetsTheThreshold()
    {
        // Best over all 0.90, threshold 0.89: crossed half way from 0.1 (0.88) to 1 (0.90), and a tenth of the way from 1 to 10 (0.80).
        var row = Single(0.50, 0.88, 0.90, 0.80, 0.50);

        Assert.Equal(0.90, row.Best);
        Assert.Equal(1, row.BestAt);
        Assert.Equal(Math.Pow(10, -0.5), row.Band!.From, 1e-12);
        Assert.Equal(Math.Pow(10, 0.1), row.Band.To, 1e-12);
        Assert.Equal(0.6, row.Band.Decades, 1e-12);
        Assert.False(row.Band.IsAtLeast);
    }

    [Fact]
    public void Compute_Cells_SummarisedAsThePapersTablesAre()
    {
        var row = Single(0.2, 0.4, 0.9);

        Assert.Equal(0.5, row.Mean, 1e-12);
        Assert.Equal(0.4, row.Median, 1e-12);
        Assert.Equal(0.2, row.Worst);
        Assert.Equal(Math.Sqrt(0.26 / 3), row.StandardDeviation, 1e-12);
        Assert.Equal(AxisSummary.StandardDeviation.Of([0.2, 0.4, 0.9]), row.StandardDeviation, 1e-12);
    }

    [Fact]
    public void Compute_BandReachesTheEdge_SaysAtLeast()
    {
        var row = Single(0.901, 0.902, 0.90, 0.80, 0.50);

        Assert.True(row.Band!.ReachesFirst);
        Assert.False(row.Band.ReachesLast);
        Assert.Equal(0.01, row.Band.From);
        Assert.True(row.Band.IsAtLeast);
    }

    [Fact]
    public void Compute_DivergedCell_EndsTheBandAndIsCountedButNotAveraged()
    {
        var row = Single(double.NaN, double.NaN, 0.82, 0.90, 0.895);

        Assert.Equal(2, row.Diverged);
        Assert.Equal(5, row.Runs);
        Assert.Equal((0.82 + 0.90 + 0.895) / 3, row.Mean, 1e-12);
        Assert.Equal(0.82, row.Worst);
        Assert.Equal(0.895, row.Median);
        Assert.True(row.Band!.ReachesLast);
        Assert.InRange(row.Band.From, 1, 10);
    }

    [Fact]
    public void Compute_NeighbourWithOneDivergedSeed_EndsTheBandBeforeIt()
    {
        RunScore[] scores = [new(0, 1, 0.9, false), new(0, 10, 0.9, false), new(0, 10, double.NaN, true)];

        var row = Assert.Single(RobustnessTable.Compute(scores, Measure.TestAccuracy));

        Assert.Equal(1, row.Band!.To);
        Assert.False(row.Band.ReachesLast);
        Assert.Equal(2, row.Cells[1].Runs);
        Assert.Equal(0.9, row.Cells[1].Mean);
    }

    [Fact]
    public void Compute_OptimizerFarBelowTheBest_HasNoBand()
    {
        RunScore[] scores = [new(0, 1, 0.95, false), new(1, 1, 0.90, false)];

        var rows = RobustnessTable.Compute(scores, Measure.TestAccuracy);

        Assert.NotNull(rows[0].Band);
        Assert.Null(rows[1].Band);
    }

    [Fact]
    public void Compute_EveryRunDiverged_HasNoStatistics()
    {
        var row = Single(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

        Assert.Equal(5, row.Diverged);
        Assert.True(double.IsNaN(row.Best));
        Assert.Null(row.Band);
    }

    [Fact]
    public void Compute_Loss_TakesTheSmallestAsBest()
    {
        RunScore[] scores = [new(0, 1, 0.5, false), new(0, 10, 0.2, false), new(0, 100, 3, false)];

        var row = Assert.Single(RobustnessTable.Compute(scores, Measure.TrainLoss));

        Assert.Equal((0.2, 10, 3), (row.Best, row.BestAt, row.Worst));
        Assert.Null(row.Band);
    }

    [Fact]
    public void Compute_ThreeSeeds_GivesStudentsInterval()
    {
        RunScore[] scores = [new(0, 1, 0.90, false), new(0, 1, 0.91, false), new(0, 1, 0.92, false)];

        var cell = Assert.Single(Assert.Single(RobustnessTable.Compute(scores, Measure.TestAccuracy)).Cells);

        // t(0.975, 2) = 4.302653, s = 0.01, n = 3.
        Assert.Equal(4.302653 * 0.01 / Math.Sqrt(3), cell.HalfWidth, 1e-8);
    }

    private static RobustnessRow Single(params double[] values) =>
        Assert.Single(RobustnessTable.Compute([.. values.Select((v, i) => new RunScore(0, Axis[i], v, double.IsNaN(v)))], Measure.TestAccuracy));
}
