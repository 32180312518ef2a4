using Stepsize.Training.Analysis;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Randomness;
using Xunit;

namespace Stepsize.Training.Tests.Papers;

/// <summary>
/// How often verdicts on two draws of one distribution are wrong, counted rather than derived: "differs" in 3 to 7 of 100 cases for means. Over a grid it is
/// 0.5 to 5: several stepsizes together tell the error better than the n − 1 degrees of freedom of one, which are all that is known for sure. The generator is fixed, so a count is the same every time.
/// </summary>
public class VerdictSimulationTests(ITestOutputHelper output)
{
    private const int Repetitions = 20_000;
    private const int GridRepetitions = 200;
    private static readonly int[] Here = [2, 3, 5, 10, 25];

    public static TheoryData<int, int> RunsHereAndPublished => [.. from n in Here from m in new[] { 1, 5, 25 } select (n, m)];

    public static TheoryData<int, int> RunsWhereTheSpreadIsPrinted => [.. from n in Here.Append(1) from m in new[] { 3, 5, 25 } select (n, m)];

    [Theory]
    [MemberData(nameof(RunsHereAndPublished))]
    public void Verdict_TwoDrawsOfOneDistributionWithoutPublishedSpread_DifferIn3To7Of100(int here, int published) =>
        Assert.InRange(ShareOfMeans(here, published, printsSpread: false, shift: 0), 0.03, 0.07);

    [Theory]
    [MemberData(nameof(RunsWhereTheSpreadIsPrinted))]
    public void Verdict_TwoDrawsOfOneDistributionWithPublishedSpread_DifferIn3To7Of100(int here, int published) =>
        Assert.InRange(ShareOfMeans(here, published, printsSpread: true, shift: 0), 0.03, 0.07);

    /// <summary>Twenty deviations apart; two runs alone may be so far apart from each other that nothing can be said.</summary>
    [Theory]
    [InlineData(2, 1, 0.75)]
    [InlineData(2, 25, 0.9)]
    [InlineData(3, 1, 0.99)]
    [InlineData(5, 25, 0.999)]
    [InlineData(25, 1, 0.999)]
    public void Verdict_LargeDifference_Differs(int here, int published, double atLeast) =>
        Assert.InRange(ShareOfMeans(here, published, printsSpread: false, shift: 20), atLeast, 1);

    [Theory]
    [InlineData("mean", 3, 1)]
    [InlineData("mean", 3, 25)]
    [InlineData("mean", 5, 25)]
    [InlineData("max", 3, 25)]
    [InlineData("max", 5, 1)]
    [InlineData("median", 3, 25)]
    [InlineData("standardDeviation", 3, 1)]
    [InlineData("standardDeviation", 5, 25)]
    public void Verdict_TwoDrawsOfOneGridOfPeaks_DifferInNoMoreThan7Of100(string over, int here, int published) =>
        Assert.InRange(ShareOfGrids($$"""{ "kind": "peak-over-axis", "over": "{{over}}", "whenDiverged": 0.1 }""", TableUnit.Fraction, here, published, shift: 0), 0, 0.07);

    [Theory]
    [InlineData("mean", 3, 25)]
    [InlineData("median", 5, 25)]
    public void Verdict_TwoDrawsOfOneGridOfEpochs_DifferInNoMoreThan7Of100(string over, int here, int published) => Assert.InRange(
        ShareOfGrids(
            $$"""{ "kind": "epochs-over-axis", "over": "{{over}}", "share": 0.9, "unreached": "lastEpoch", "whenDiverged": 0.1 }""", TableUnit.Epochs, here, published, shift: 0),
        0, 0.07);

    [Fact]
    public void Verdict_GridThatIsWorse_Differs() => Assert.InRange(
        ShareOfGrids("""{ "kind": "peak-over-axis", "over": "mean", "whenDiverged": 0.1 }""", TableUnit.Fraction, 3, 25, shift: 0.3), 0.97, 1);

    /// <summary>Accuracies of 90 ± 0.5%, printed with two decimals.</summary>
    /// <param name="shift">Of ours, in deviations.</param>
    private double ShareOfMeans(int here, int published, bool printsSpread, double shift)
    {
        var random = new RandomStream((100 * here) + published, RandomPurpose.Data, printsSpread ? 1 : 0);
        var differs = 0;
        for (var k = 0; k < Repetitions; k++)
        {
            var cell = SimulatedCell.OfMeans(Draw(ref random, here, shift), Draw(ref random, published, 0), printsSpread);
            differs += cell.Verdict == Verdict.Differs ? 1 : 0;
        }

        output.WriteLine($"{differs} of {Repetitions}");
        return (double)differs / Repetitions;
    }

    private static double[] Draw(ref RandomStream random, int runs, double shift)
    {
        var values = new double[runs];
        for (var i = 0; i < runs; i++)
        {
            values[i] = 90 + (0.5 * (random.NextNormal() + shift));
        }

        return values;
    }

    private double ShareOfGrids(string statistic, TableUnit unit, int here, int published, double shift)
    {
        var protocol = TestTables.OverAxis(unit, statistic, new PublishedCell(0, null));
        var random = new RandomStream((100 * here) + published, RandomPurpose.Data, 2);
        var differs = 0;
        for (var k = 0; k < GridRepetitions; k++)
        {
            var cell = SimulatedCell.OverAxis(protocol, Grid(ref random, here, shift), Grid(ref random, published, 0));
            Assert.Equal(IntervalBasis.Resampled, cell.Interval!.Basis);
            differs += cell.Verdict == Verdict.Differs ? 1 : 0;
        }

        output.WriteLine($"{differs} of {GridRepetitions}");
        return (double)differs / GridRepetitions;
    }

    /// <summary>Three axis values of 0.5, 0.7 and 0.72 ± 0.03 at the end of three epochs; a third of the scatter is the seed's own at all of them.</summary>
    private static double[][][] Grid(ref RandomStream random, int runs, double shift)
    {
        double[] level = [0.5, 0.7, 0.72];
        var seeds = new double[runs][][];
        for (var i = 0; i < runs; i++)
        {
            var own = random.NextNormal();
            seeds[i] = new double[level.Length][];
            for (var v = 0; v < level.Length; v++)
            {
                var end = level[v] - shift + (0.03 * ((0.58 * own) + (0.815 * random.NextNormal())));
                seeds[i][v] = [end - 0.15, end - 0.05, end];
            }
        }

        return seeds;
    }
}
