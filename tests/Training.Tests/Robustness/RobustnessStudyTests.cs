using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Robustness;

public class RobustnessStudyTests
{
    private static readonly double[] Axis = [0.01, 0.1, 1, 10, 100];

    [Fact]
    public void Band_InsideTheGrid_CrossesWhereTheLineMeetsTheThreshold()
    {
        // Best 0.90, threshold 0.89: crossed half way from 0.1 (0.88) to 1 (0.90), and a tenth of the way from 1 to 10 (0.80).
        var row = Studies.Row(Axis, 0.50, 0.88, 0.90, 0.80, 0.50);

        Assert.Equal((0.90, 1), (row.Best, row.BestAt));
        Assert.Equal(Math.Pow(10, -0.5), row.Band!.From, 1e-12);
        Assert.Equal(Math.Pow(10, 0.1), row.Band.To, 1e-12);
        Assert.Equal(0.6, row.Band.Decades, 1e-12);
        Assert.False(row.Band.IsAtLeast);
        Assert.Equal(row.Band, row.OwnBand);
    }

    [Fact]
    public void Band_ReachesTheEdge_SaysAtLeast()
    {
        var row = Studies.Row(Axis, 0.901, 0.902, 0.90, 0.80, 0.50);

        Assert.Equal((true, false, 0.01), (row.Band!.ReachesFirst, row.Band.ReachesLast, row.Band.From));
    }

    [Fact]
    public void Band_ValueWithoutResult_EndsBeforeItAndIsCensored()
    {
        RunScore[] scores = [new(0, 1, 0, 0.9, false), new(0, 10, 0, 0.9, false), new(0, 1000, 0, 0.9, false)];

        var row = new RobustnessStudy(scores, [Studies.Grid(0, [1, 10, 100, 1000])], Measure.TestAccuracy, Studies.Guess).Rows.Single();

        Assert.Equal((1, 10, true), (row.Band!.From, row.Band.To, row.Band.ReachesLast));
        Assert.Equal([1, 1, 0, 1], row.Cells.Select(c => c.Runs));
        Assert.True(double.IsNaN(row.Cells[2].Score));
    }

    [Fact]
    public void Band_CompetitorAdded_ShrinksAgainstAllAndNotAgainstItself()
    {
        double[] mine = [0.50, 0.88, 0.90, 0.80, 0.50];
        var alone = Studies.Of(Measure.TestAccuracy, Axis, Tolerance.OfPoints(1), mine).Rows[0];
        var beside = Studies.Of(Measure.TestAccuracy, Axis, Tolerance.OfPoints(1), mine, [0.1, 0.1, 0.905, 0.1, 0.1]).Rows[0];
        var beaten = Studies.Of(Measure.TestAccuracy, Axis, Tolerance.OfPoints(1), mine, [0.1, 0.1, 0.95, 0.1, 0.1]).Rows[0];

        Assert.Equal(0.3, beside.Band!.Decades, 1e-12);
        Assert.Null(beaten.Band);
        Assert.All([beside, beaten], r => Assert.Equal(alone.OwnBand, r.OwnBand));
    }

    [Fact]
    public void Band_AxisOfAnotherDefinition_HasTheSameWidthInDecadesOfTheInitialStepsize()
    {
        double[] accuracies = [0.50, 0.88, 0.90, 0.80, 0.50];
        RunScore[] scores = [.. accuracies.SelectMany((v, i) => new RunScore[] { new(0, Axis[i], 0, v, false), new(1, Axis[i] * Axis[i], 0, v, false) })];

        // The second row's s₀ is 1/√b₀, as AdamLoss has it: twice as many decades of the axis for the same stepsizes.
        var study = new RobustnessStudy(
            scores, [Studies.Grid(0, Axis), new RowGrid(1, [.. Axis.Select(v => new GridValue(v * v, 1 / v))])], Measure.TestAccuracy, Studies.Guess, Tolerance.OfPoints(1));

        Assert.Equal(study.Rows[0].Band!.Decades, study.Rows[1].Band!.Decades, 1e-12);
        Assert.Equal(study.Rows[0].Area, study.Rows[1].Area, 1e-12);
        Assert.Equal(1.2, Math.Log10(study.Rows[1].Band!.To / study.Rows[1].Band!.From), 1e-9);
        Assert.False(study.RangesDiffer);
    }

    [Fact]
    public void Statistics_DivergedCells_CountAsGuessing()
    {
        var row = Studies.Row(Axis, double.NaN, 0.4, 0.9, double.NaN, double.NaN);

        // .1, .4, .9, .1, .1
        Assert.Equal(0.32, row.Mean, 1e-12);
        Assert.Equal(0.1, row.Median, 1e-12);
        Assert.Equal(0.1, row.Worst);
        Assert.Equal(Math.Sqrt(((3 * 0.01) + 0.16 + 0.81) / 5 - (0.32 * 0.32)), row.StandardDeviation, 1e-12);
        Assert.Equal((5, 3, 3), (row.Runs, row.Diverged, row.LostCells));
        // Trapezoids over four decades: (.1/2 + .4 + .9 + .1 + .1/2)/4.
        Assert.Equal(1.5 / 4, row.Area, 1e-12);
    }

    [Fact]
    public void Statistics_OneSeedOfTwoDiverged_EntersWithGuessingAndIsCounted()
    {
        RunScore[] scores = [new(0, 1, 0, 0.9, false), new(0, 1, 1, double.NaN, true, true), new(0, 10, 0, 0.6, false), new(0, 10, 1, 0.7, false)];

        var row = new RobustnessStudy(scores, [Studies.Grid(0, [1, 10])], Measure.TestAccuracy, Studies.Guess).Rows.Single();

        Assert.Equal(0.9, row.Cells[0].Mean);
        Assert.Equal(0.5, row.Cells[0].Score, 1e-12);
        Assert.Equal((2, 1, 1), (row.Cells[0].Runs, row.Cells[0].Diverged, row.Cells[0].Exploded));
        Assert.Equal(0.65, row.Best, 1e-12);
        Assert.Equal(10, row.BestAt);
        Assert.Equal(0, row.LostCells);
    }

    [Fact]
    public void Statistics_LossOfWhichCellsDiverged_HasNoMeanAndRanksBehindOneWithNone()
    {
        // As SGD constant and AdaGrad-Coordinate do on linear regression: three of five lost, and none.
        var study = Studies.Of(Measure.TrainLoss, Axis, null, [double.NaN, double.NaN, double.NaN, 1e-6, 2], [3, 2, 1, 2, 3]);

        var sgd = study.Rows[0];
        Assert.Equal(double.PositiveInfinity, sgd.Worst);
        Assert.Equal(double.PositiveInfinity, sgd.Median);
        Assert.True(double.IsNaN(sgd.Mean));
        Assert.True(double.IsNaN(sgd.StandardDeviation));
        Assert.Equal(double.PositiveInfinity, sgd.Area);
        Assert.Equal(3, sgd.LostCells);
        Assert.Equal([1, 0], study.Ranked.Select(r => r.Row));
    }

    [Fact]
    public void Statistics_EveryRunDiverged_HasNoBestAndNoWidth()
    {
        var row = Studies.Row(Axis, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

        Assert.True(row.IsLost);
        Assert.True(double.IsNaN(row.Best));
        Assert.Null(row.Band);
        Assert.Null(row.OwnBand);
        Assert.Equal(0.1, row.Mean, 1e-12);
    }

    [Fact]
    public void OwnBand_RowThatOnlyGuesses_IsNoneHoweverFlat() => Assert.Null(Studies.Row(Axis, 0.098, 0.1, 0.105, 0.1, 0.1).OwnBand);

    [Fact]
    public void Band_Losses_AreWithinAFactorAndStraightInTheLogarithm()
    {
        // Best 1e-4, within ten times 1e-3: half way in the logarithm from 1e-4 to 1e-2.
        var row = Studies.Of(Measure.TrainLoss, Axis, Tolerance.OfFactor(10), [1, 1e-2, 1e-4, double.NaN, double.NaN]).Rows.Single();

        Assert.Equal(Math.Pow(10, -0.5), row.Band!.From, 1e-12);
        Assert.Equal(1, row.Band.To);
        Assert.Equal((false, 0.5), (row.Band.IsAtLeast, Math.Round(row.Band.Decades, 12)));
    }

    [Fact]
    public void Band_Bound_IsTheSameAgainstAllAndOwn()
    {
        var rows = Studies.Of(Measure.GradientNorm, Axis, Tolerance.OfBound(1e-3), [1, 1e-4, 1e-4, 1, 1], [1, 1, 1e-9, 1, 1]).Rows;

        // −log₁₀ goes from 4 to 0 in a decade: 3 is reached a quarter of it away.
        Assert.All(rows, r => Assert.Equal(r.Band, r.OwnBand));
        Assert.Equal(1.5, rows[0].Band!.Decades, 1e-9);
    }

    [Fact]
    public void Area_Losses_IsGeometric() =>
        // log₁₀: 0, −2, −4, −2, 0; mean over four decades −2.
        Assert.Equal(1e-2, Studies.Of(Measure.TrainLoss, Axis, null, [1, 1e-2, 1e-4, 1e-2, 1]).Rows.Single().Area, 1e-12);

    [Fact]
    public void Floor_LossesBelow_RankAsEqual()
    {
        RunScore[] scores = [new(0, 1, 0, 1e-9, false), new(0, 10, 0, 1e-12, false), new(1, 1, 0, 1e-7, false), new(1, 10, 0, 3e-7, false)];

        var study = new RobustnessStudy(
            scores, [Studies.Grid(0, [1, 10]), Studies.Grid(1, [1, 10])], Measure.TrainLoss, double.PositiveInfinity, Tolerance.OfFactor(10), floor: 1e-8);

        Assert.Equal((true, 1e-8, 1), (study.Rows[0].BestIsBound, study.Rows[0].Best, study.Rows[0].BestAt));
        Assert.False(study.Rows[1].BestIsBound);
        // Ten times the floor, not ten times a number that rounding made.
        Assert.NotNull(study.Rows[1].Band);
    }

    [Fact]
    public void Untuned_DefaultBetweenCells_IsStraightInTheLogarithm()
    {
        RunScore[] scores = [new(0, 1, 0, 0.5, false), new(0, 10, 0, 0.9, false)];

        var untuned = new RobustnessStudy(scores, [Studies.Grid(0, [1, 10], standard: Math.Pow(10, -0.25))], Measure.TestAccuracy, Studies.Guess).Rows.Single().Untuned!;

        Assert.Equal(0.6, untuned.Score, 1e-12);
        Assert.Equal(0.3, untuned.Gain, 1e-12);
    }

    [Theory]
    [InlineData(5.0)]
    [InlineData(0.05)]
    public void Untuned_DefaultOutsideTheGrid_IsNotKnown(double standard)
    {
        RunScore[] scores = [new(0, 1, 0, 0.5, false), new(0, 10, 0, 0.9, false)];

        Assert.Null(new RobustnessStudy(scores, [Studies.Grid(0, [1, 10], standard)], Measure.TestAccuracy, Studies.Guess).Rows.Single().Untuned);
    }

    [Fact]
    public void Profile_Tolerances_GrowFromNothingToTheWidthOfTheGrid()
    {
        var study = Studies.Of(Measure.TestAccuracy, Axis, Tolerance.OfPoints(1), [0.85, 0.88, 0.90, 0.86, 0.85], [0.1, 0.1, 0.1, 0.94, 0.1]);

        var (profile, row) = (study.Profile, study.Profile.Rows[0]);
        var widths = row.OwnWidths.Select(b => b!.Decades).ToArray();
        Assert.Equal(0, widths[0]);
        Assert.Equal(4, widths[^1], 1e-12);
        Assert.All(widths.Zip(widths.Skip(1)), p => Assert.True(p.First <= p.Second));
        // Against all it begins where its best comes within the tolerance of 0.94.
        Assert.Equal(profile.Tolerances.Select(t => t.Value >= 4 - 1e-9), row.Widths.Select(b => b is not null));
        var one = profile.Tolerances.Index().Single(t => t.Item.Value == 1).Index;
        Assert.Equal(study.Rows[0].OwnBand!.Decades, widths[one], 1e-12);
    }

    [Fact]
    public void Intervals_FewerThanThreeSeeds_AreNone() => Assert.Null(Studies.Of(Measure.TestAccuracy, Axis, null, [0.1, 0.2, 0.9, 0.2, 0.1]).IntervalsOf(0));

    [Fact]
    public void Intervals_SeedsThatAgree_HaveNoWidth()
    {
        double[] accuracies = [0.50, 0.88, 0.90, 0.80, 0.50];
        var intervals = Seeds(accuracies, accuracies, accuracies).IntervalsOf(0)!;

        Assert.All([intervals.Best, intervals.Area, intervals.Width, intervals.OwnWidth], i => Assert.Equal(i!.Value.Low, i.Value.High));
        Assert.Equal(0.6, intervals.Width!.Value.Low, 1e-12);
    }

    [Fact]
    public void Intervals_SeedsThatScatter_AreTheQuantilesOfAllDraws()
    {
        double[][] seeds = [[0.50, 0.88, 0.90, 0.80, 0.50], [0.60, 0.90, 0.91, 0.85, 0.50], [0.40, 0.85, 0.89, 0.70, 0.40]];
        var study = Seeds(seeds);
        var intervals = study.IntervalsOf(0)!;

        // Every ordered draw of three seeds is as likely: 27 of them. Each constant draw is 1/27 = 3.7%, more than a tail of 2.5%.
        double[] areas = [.. seeds.Select(s => (s.Sum() - (0.5 * (s[0] + s[^1]))) / 4)];
        Assert.Equal(areas.Min(), intervals.Area!.Value.Low, 1e-12);
        Assert.Equal(areas.Max(), intervals.Area!.Value.High, 1e-12);
        Assert.Equal((0.89, 0.91), (Math.Round(intervals.Best!.Value.Low, 12), Math.Round(intervals.Best!.Value.High, 12)));
        Assert.Equal(intervals, Seeds(seeds).IntervalsOf(0));
    }

    private static RobustnessStudy Seeds(params double[][] seeds) => new(
        [.. seeds.SelectMany((values, seed) => values.Select((v, i) => new RunScore(0, Axis[i], seed, v, false)))],
        [Studies.Grid(0, Axis)], Measure.TestAccuracy, Studies.Guess, Tolerance.OfPoints(1));
}
