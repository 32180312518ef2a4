using Stepsize.Training.Analysis;
using Xunit;

namespace Stepsize.Training.Tests.Analysis;

public class ConvergenceTests
{
    [Fact]
    public void PeakOfRun_IsTheLargestOfAllEpochs() => Assert.Equal(0.9, PeakAccuracy.OfRun([0.5, 0.9, 0.8], whenDiverged: 0.1));

    [Fact]
    public void PeakOfRun_DivergedFromTheStart_IsTheFirstClassShare() =>
        Assert.Equal(0.0987, PeakAccuracy.OfRun([double.NaN, double.NaN], whenDiverged: 0.0987));

    [Fact]
    public void PeakOfRun_DivergedLater_IsWhatItReachedBefore() => Assert.Equal(0.7, PeakAccuracy.OfRun([0.7, double.NaN], whenDiverged: 0.0987));

    [Fact]
    public void PeakOfRun_NeverMeasured_IsNaN() => Assert.True(double.IsNaN(PeakAccuracy.OfRun([], whenDiverged: 0.1)));

    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(0.9, 2)]
    [InlineData(0.95, 4)]
    [InlineData(0.99, double.PositiveInfinity)]
    public void EpochOfRun_IsTheFirstAtOrAboveTheThreshold(double threshold, double expected) =>
        Assert.Equal(expected, ConvergenceEpoch.OfRun([0.5, 0.9, double.NaN, 0.96], threshold));

    [Fact]
    public void MedianOverRuns_HalfNeverReach_IsInfinite()
    {
        Assert.Equal(3, ConvergenceEpoch.MedianOverRuns([2, 3, double.PositiveInfinity]));
        Assert.Equal(double.PositiveInfinity, ConvergenceEpoch.MedianOverRuns([2, double.PositiveInfinity]));
    }

    [Fact]
    public void Settle_RatesThatNeverReach_AreLeftOutOrCountAsTheLastEpoch()
    {
        double[] epochs = [2, double.PositiveInfinity, 5];

        Assert.Equal([2, 5], ConvergenceEpoch.Settle(epochs, UnreachedRule.LeftOut, 30));
        Assert.Equal([2, 30, 5], ConvergenceEpoch.Settle(epochs, UnreachedRule.LastEpoch, 30));
    }

    [Fact]
    public void Window_OfWuFigure1_AveragesItsIterationsAlone()
    {
        var column = Enumerable.Range(1, 5000).Select(i => (float)i).ToArray();

        Assert.Equal([150.5, 995.5, 4950.5], IterationWindow.WuFigure1.Select(w => w.Mean(column)));
    }

    [Fact]
    public void Window_RunTooShortOrNotFinite_IsNotANumber()
    {
        var window = new IterationWindow(2, 3);

        Assert.True(double.IsNaN(window.Mean([1, 2])));
        Assert.True(double.IsNaN(window.Mean([1, 2, float.NaN])));
        Assert.Equal(double.PositiveInfinity, window.Mean([float.NaN, 2, float.PositiveInfinity]));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 4)]
    public void Window_EndsThatMakeNone_AreRefused(int first, int last) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new IterationWindow(first, last));
}
