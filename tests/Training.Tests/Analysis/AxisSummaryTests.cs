using Stepsize.Training.Analysis;
using Xunit;

namespace Stepsize.Training.Tests.Analysis;

public class AxisSummaryTests
{
    private static readonly double[] Values = [0.2, 0.9, 0.4, 0.5];

    [Theory]
    [InlineData(AxisSummary.Max, 0.9)]
    [InlineData(AxisSummary.Min, 0.2)]
    [InlineData(AxisSummary.Median, 0.45)]
    [InlineData(AxisSummary.Mean, 0.5)]
    [InlineData(AxisSummary.StandardDeviation, 0.25495097567963926)] // √(0.26/4)
    public void Of_FourValues_IsTheNumberByHand(AxisSummary summary, double expected) => Assert.Equal(expected, summary.Of(Values), 1e-12);

    [Fact]
    public void Of_ValueThatIsNotThere_IsNaN()
    {
        Assert.True(double.IsNaN(AxisSummary.Mean.Of([])));
        Assert.True(double.IsNaN(AxisSummary.Max.Of([0.5, double.NaN])));
    }

    /// <summary>
    /// Three of eight learning rates at the share of MNIST's most frequent class, the others so that median and mean are what Ioannou et al. (2023, table 2)
    /// print for SGD: only the population's deviation comes near the printed 0.422.
    /// </summary>
    [Fact]
    public void Of_StandardDeviation_GoesWithThePaperAsThePopulations()
    {
        double[] peaks = [1.0, 1.0, 0.994, 0.98, 0.972, 0.1124, 0.1124, 0.1124];

        Assert.Equal(0.976, AxisSummary.Median.Of(peaks), 1e-9);
        Assert.Equal(0.663, AxisSummary.Mean.Of(peaks), 0.003);
        Assert.Equal(0.422, AxisSummary.StandardDeviation.Of(peaks), 0.005);
    }
}
