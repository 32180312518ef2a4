using Stepsize.Training.Analysis;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Analysis;

public class ShownRangeTests
{
    [Fact]
    public void Of_NoValues_IsNull() => Assert.Null(ShownRange.Of(Measure.TrainLoss, []));

    [Fact]
    public void Of_OneOutlierAmongLosses_EndsAtTheOthers() =>
        Assert.Equal(new ShownRange(1e-3, 2, 1e-3, 4e142, IsLogarithmic: true), ShownRange.Of(Measure.TrainLoss, [1, 1e-3, 0.1, 4e142, 2, 0.01]));

    [Fact]
    public void Of_HundredLossesOverADecadeEach_RunsFromQuantile2ToQuantile98WhereEndsAreFar()
    {
        double[] values = [1e-60, 1e-50, .. Enumerable.Range(0, 96).Select(i => 1 + (i / 100.0)), 1e40, 1e100];

        // Of 100 values the third from either end is the first within the quantiles.
        Assert.Equal(new ShownRange(1, 1.95, 1e-60, 1e100, IsLogarithmic: true), ShownRange.Of(Measure.GradientNorm, values));
    }

    [Fact]
    public void Of_FewEvenlySpreadLosses_RunsOverAllOfThem() =>
        Assert.Equal(new ShownRange(1e-4, 1, 1e-4, 1, IsLogarithmic: true), ShownRange.Of(Measure.TestLoss, [1e-4, 1e-2, 0.1, 1]));

    [Fact]
    public void Of_LossOfZero_IsNamedAndLeavesTheOthersTheirScale() =>
        Assert.Equal(new ShownRange(0.1, 1, 0, 1, IsLogarithmic: true), ShownRange.Of(Measure.TrainLoss, [0, 0.1, 1]));

    [Fact]
    public void Of_Accuracies_RunsLinearlyOverAllOfThem() =>
        Assert.Equal(new ShownRange(0.1, 0.98, 0.1, 0.98, IsLogarithmic: false), ShownRange.Of(Measure.TestAccuracy, [0.1, 0.95, 0.96, 0.98]));

    [Theory]
    [InlineData(5e-324, 1.7976931348623157e308)]
    [InlineData(1, 1)]
    public void Of_AnyPositiveLosses_HasFiniteEnds(double a, double b)
    {
        var range = ShownRange.Of(Measure.TrainLoss, [a, b])!;

        Assert.Equal((a, b), (range.Smallest, range.Largest));
        Assert.InRange(range.Low, a, b);
        Assert.InRange(range.High, range.Low, b);
    }
}
