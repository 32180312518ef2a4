using Stepsize.Training.Analysis;
using Xunit;

namespace Stepsize.Training.Tests.Analysis;

public class DifferenceIntervalTests
{
    /// <summary>Squared errors 0.09/3 and 0.16/5, so 5.44476 degrees of freedom, whose 0.975 quantile is 2.508690 by numerical integration.</summary>
    [Fact]
    public void Of_BothSpreads_IsWelchsInterval()
    {
        var interval = DifferenceInterval.Of(new SampleMean(10.5, 0.3, 3), new SampleMean(10, 0.4, 5), rounding: 0)!;

        Assert.Equal(2.508690 * Math.Sqrt(0.062), interval.HalfWidth, 1e-6);
        Assert.Equal(0.5, interval.Difference, 1e-12);
        Assert.True(interval.ContainsZero);
        Assert.Equal(IntervalBasis.BothSpreads, interval.Basis);
    }

    /// <summary>t(0.975, 2) = 4.302653.</summary>
    [Fact]
    public void Of_OurSpreadAlone_TakesThePublishedRunsForDrawsAsOursAre()
    {
        var interval = DifferenceInterval.Of(new SampleMean(0.96, 0.01, 3), new SampleMean(0.9, null, 1), rounding: 0.005)!;

        Assert.Equal((4.302653 * 0.01 * Math.Sqrt((1 / 3.0) + 1)) + 0.005, interval.HalfWidth, 1e-7);
        Assert.False(interval.ContainsZero);
        Assert.Equal(IntervalBasis.OurSpread, interval.Basis);
    }

    /// <summary>The pooled variance is (0.01 + 24·0.25)/25, and t(0.975, 25) = 2.059539.</summary>
    [Fact]
    public void Of_TwoRunsAgainstMany_PoolsTheSpreads()
    {
        var interval = DifferenceInterval.Of(new SampleMean(10, 0.1, 2), new SampleMean(10, 0.5, 25), rounding: 0)!;

        Assert.Equal(2.059539 * Math.Sqrt(6.01 / 25 * 0.54), interval.HalfWidth, 1e-6);
        Assert.Equal(IntervalBasis.PooledSpreads, interval.Basis);
    }

    [Fact]
    public void Of_EqualValues_IsTheRoundingExactly()
    {
        var interval = DifferenceInterval.Of(SampleMean.Of([0.1, 0.1, 0.1]), new SampleMean(0.1, null, 1), rounding: 0.0005)!;

        Assert.Equal((0.0, 0.0005), (interval.Difference, interval.HalfWidth));
    }

    /// <summary>t(0.975, 4) = 2.776445: the interval for one more draw.</summary>
    [Fact]
    public void Of_OneRunHere_TakesThePapersSpreadForIt()
    {
        var interval = DifferenceInterval.Of(new SampleMean(8.2, null, 1), new SampleMean(8.33, 0.17, 5), rounding: 0)!;

        Assert.Equal(2.776445 * 0.17 * Math.Sqrt(1 + 0.2), interval.HalfWidth, 1e-6);
        Assert.True(interval.ContainsZero);
        Assert.Equal(IntervalBasis.PublishedSpread, interval.Basis);
    }

    [Fact]
    public void Of_NoSpreadAnywhere_IsNull() =>
        Assert.Null(DifferenceInterval.Of(new SampleMean(1, null, 1), new SampleMean(1, null, 1), rounding: 0.5));

    [Fact]
    public void Of_SeedsThatDoNotVary_LeavesTheRounding()
    {
        var interval = DifferenceInterval.Of(new SampleMean(0.9994, 0, 3), new SampleMean(0.999, null, 1), rounding: 0.0005)!;

        Assert.Equal(0.0005, interval.HalfWidth, 1e-15);
        Assert.True(interval.ContainsZero);
    }

    /// <summary>Where both means are of one normal, 95% of the intervals hold 0.</summary>
    [Fact]
    public void Of_ManyPairsOfOneDistribution_HoldsZeroAsOftenAsItSays()
    {
        var random = new Training.Randomness.RandomStream(3, Training.Randomness.RandomPurpose.Data);
        var inside = 0;
        const int pairs = 4000;
        for (var k = 0; k < pairs; k++)
        {
            inside += DifferenceInterval.Of(Draw(ref random, 3), Draw(ref random, 5), rounding: 0)!.ContainsZero ? 1 : 0;
        }

        // Welch's interval is a little wide for so few runs; three standard errors of a share are 0.01.
        Assert.InRange((double)inside / pairs, 0.94, 0.98);
    }

    private static SampleMean Draw(ref Training.Randomness.RandomStream random, int n)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++)
        {
            values[i] = 5 + random.NextNormal();
        }

        return new SampleMean(values.Average(), MathNet.Numerics.Statistics.Statistics.StandardDeviation(values), n);
    }
}
