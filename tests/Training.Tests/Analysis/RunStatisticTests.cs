using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Analysis;

public class RunStatisticTests
{
    /// <summary>Ten iterations an epoch: epochs 1 to 4.</summary>
    private static readonly MeasuredRun Run = Runs.Ended(0, 1, 0, (10, 0.5), (20, 0.9), (30, 0.7), (40, 0.6));

    [Theory]
    [InlineData("final", null, 0.6)]
    [InlineData("best", null, 0.9)]
    [InlineData("last-1", null, 0.6)]
    [InlineData("last-2", null, 0.65)]
    [InlineData("last-9", null, 0.675)]
    [InlineData("final", 30, 0.7)]
    [InlineData("best", 10, 0.5)]
    [InlineData("last-3", 30, 0.7)]
    public void Of_RunOfFourEpochs_LooksBackFromTheMoment(string slug, int? iteration, double expected)
    {
        var cell = Cell.Of(0, 1, [Run], Measure.TestAccuracy, iteration, RunStatistic.Parse(slug));

        Assert.Equal(expected, cell.Value!.Mean, 1e-12);
    }

    [Fact]
    public void Best_OfALoss_IsTheSmallest()
    {
        EvaluationPoint[] points = [Loss(1, 0.4), Loss(2, 0.1), Loss(3, 0.3)];

        Assert.Equal(0.1, RunStatistic.Best.Of(points, points[2], Measure.TrainLoss));
    }

    [Fact]
    public void Best_OfARunThatDivergedLater_IsDivergedAtTheEndAndNotBefore()
    {
        var run = Runs.Diverged(0, 1, 0, firstBad: 25, (10, 0.5), (20, 0.9));

        Assert.Equal(CellState.Diverged, Cell.Of(0, 1, [run], Measure.TestAccuracy, null, RunStatistic.Best).State);
        Assert.Equal(0.9, Cell.Of(0, 1, [run], Measure.TestAccuracy, 20, RunStatistic.Best).Value!.Mean);
    }

    [Fact]
    public void MeanOfLast_EvaluationsThatAreNotEveryEpoch_TakesThoseThatLieWithin()
    {
        EvaluationPoint[] points = [Loss(1, 8), Loss(5, 4), Loss(10, 2)];

        Assert.Equal(2, RunStatistic.MeanOfLast(5).Of(points, points[2], Measure.TrainLoss));
        Assert.Equal(3, RunStatistic.MeanOfLast(6).Of(points, points[2], Measure.TrainLoss));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("last-0")]
    [InlineData("last--1")]
    [InlineData("last-99999999999")]
    [InlineData("worst")]
    public void Parse_AnythingElse_IsNull(string? slug) => Assert.Null(RunStatistic.Parse(slug));

    [Theory]
    [InlineData("final")]
    [InlineData("best")]
    [InlineData("last-25")]
    public void Parse_Slug_ComesBack(string slug) => Assert.Equal(slug, RunStatistic.Parse(slug)!.Slug);

    private static EvaluationPoint Loss(int epoch, double loss) => new(10 * epoch, epoch, new Evaluation(loss));
}
