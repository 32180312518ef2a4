using Stepsize.Training.Comparison;
using Xunit;

namespace Stepsize.Training.Tests.Comparison;

public class ExpectedBestTests
{
    [Fact]
    public void Of_ThreeAccuracies_IsWhatTheThreePairsGive()
    {
        // Of {.5, .7, .9} two are drawn in three ways, with best .7, .9, .9.
        var expected = ExpectedBest.Of([0.9, 0.5, 0.7], isLargerBetter: true);

        Assert.Equal(3, expected.Count);
        Assert.Equal(0.7, expected[0], 1e-15);
        Assert.Equal(2.5 / 3, expected[1], 1e-15);
        Assert.Equal(0.9, expected[2], 1e-15);
    }

    [Fact]
    public void Of_Losses_TakesTheSmallest()
    {
        var expected = ExpectedBest.Of([1, 4, 10], isLargerBetter: false);

        Assert.Equal([5.0, 2.0, 1.0], expected.Select(e => Math.Round(e, 12)));
    }

    [Fact]
    public void Of_FourValuesWithTies_IsWhatAllSubsetsGive()
    {
        double[] values = [0.1, 0.1, 0.4, 0.8];

        var expected = ExpectedBest.Of(values, isLargerBetter: true);

        for (var k = 1; k <= values.Length; k++)
        {
            double[] bests = [.. Enumerable.Range(1, 15).Where(mask => int.PopCount(mask) == k).Select(mask => values.Where((_, i) => (mask >> i & 1) == 1).Max())];
            Assert.Equal(bests.Average(), expected[k - 1], 1e-15);
        }
    }

    [Fact]
    public void Of_AThousandValues_NeitherOverflowsNorFallsAndEndsAtTheBest()
    {
        double[] values = [.. Enumerable.Range(1, 1000).Select(i => i / 1000.0)];

        var expected = ExpectedBest.Of(values, isLargerBetter: true);

        Assert.Equal(0.5005, expected[0], 1e-12);
        // Of 1 … N the largest of k drawn is k (N + 1)/(k + 1) in the mean.
        Assert.Equal(500 * 1001.0 / 501 / 1000, expected[499], 1e-12);
        Assert.Equal(1, expected[999], 1e-12);
        Assert.All(expected.Zip(expected.Skip(1)), pair => Assert.True(pair.First <= pair.Second + 1e-12));
    }

    [Fact]
    public void Of_InfiniteLosses_IsInfiniteWhileADrawMayHoldNothingElse() =>
        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity, 3.0], ExpectedBest.Of([double.PositiveInfinity, 3, double.PositiveInfinity], isLargerBetter: false));

    [Fact]
    public void Of_NoValue_IsEmpty() => Assert.Empty(ExpectedBest.Of([], isLargerBetter: true));

    [Fact]
    public void Of_ValueThatIsNoNumber_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => ExpectedBest.Of([0.5, double.NaN], isLargerBetter: true));
        Assert.Throws<ArgumentException>(() => ExpectedBest.Of([0.5, double.NegativeInfinity], isLargerBetter: false));
    }
}
