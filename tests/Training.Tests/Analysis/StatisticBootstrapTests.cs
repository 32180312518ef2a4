using Stepsize.Training.Analysis;
using Xunit;

namespace Stepsize.Training.Tests.Analysis;

public class StatisticBootstrapTests
{
    private static readonly double[][] Three = [[0.1, 7], [0.4, 7], [0.9, 7]];

    /// <summary>
    /// For a mean the error is known: s/√n with n − 1 degrees of freedom, s² = 0.49/3 here. A deviation of 1,000 draws is itself known to 1/√2000, of which four.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    public void Of_Mean_IsTheStandardErrorOfBothSides(int published)
    {
        var error = StatisticBootstrap.Of(Three, seeds => seeds.Average(s => s[0]), published)!;
        var deviation = Math.Sqrt(0.49 / 3);

        Assert.InRange(error.Ours / (deviation / Math.Sqrt(3)), 0.91, 1.09);
        Assert.InRange(error.Published / (deviation / Math.Sqrt(published)), 0.91, 1.09);
        Assert.Equal(2, error.Degrees);
        Assert.InRange(error.Shift, 0, 0.1);
    }

    /// <summary>The median of 25 normal draws has a variance of 1.5319/25 (by integration of its density), however few seeds the normal is known from.</summary>
    [Fact]
    public void Of_MedianOfManyFromTwoSeeds_IsNotOneOfTheTwo()
    {
        var error = StatisticBootstrap.Of([[0.0], [1.0]], seeds => AxisSummary.Median.Of([.. seeds.Select(s => s[0])]), 25)!;

        Assert.InRange(error.Published / Math.Sqrt(0.5 * 1.5319 / 25), 0.8, 1.25);
    }

    [Fact]
    public void Of_ColumnsThatMoveTogether_KeepsThemTogether()
    {
        double[][] opposite = [[0.1, 0.9], [0.4, 0.6], [0.9, 0.1]];

        var error = StatisticBootstrap.Of(opposite, seeds => seeds.Average(s => s[0] + s[1]), 5)!;

        Assert.InRange(error.Ours, 0, 1e-12);
    }

    [Fact]
    public void Of_EqualSeeds_IsExactlyZero()
    {
        double[][] equal = [[0.1, 0.7], [0.1, 0.7], [0.1, 0.7]];

        var error = StatisticBootstrap.Of(equal, seeds => seeds.Average(s => s[0]), 25)!;

        Assert.Equal(new ResampledError(0, 0, 0, 2), error);
        Assert.Equal(0, error.HalfWidth);
    }

    [Fact]
    public void Of_StatisticThatDoesNotVary_IsExactlyZero() =>
        Assert.Equal(new ResampledError(0, 0, 0, 2), StatisticBootstrap.Of(Three, seeds => AxisSummary.Median.Of([.. seeds.Select(s => s[1])]), 25));

    [Fact]
    public void Of_OneSeed_IsNull() => Assert.Null(StatisticBootstrap.Of([[0.1]], seeds => seeds[0][0], 3));

    [Fact]
    public void Of_AskedTwice_IsTheSame() => Assert.Equal(
        StatisticBootstrap.Of(Three, seeds => seeds.Max(s => s[0]), 25), StatisticBootstrap.Of(Three, seeds => seeds.Max(s => s[0]), 25));
}
