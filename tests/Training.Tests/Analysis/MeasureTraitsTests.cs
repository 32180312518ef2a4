using Stepsize.Training.Analysis;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Analysis;

public class MeasureTraitsTests
{
    [Theory]
    [InlineData(Measure.TestAccuracy, 4)]
    [InlineData(Measure.TrainAccuracy, 2)]
    [InlineData(Measure.TestLoss, 3)]
    [InlineData(Measure.TrainLoss, 1)]
    [InlineData(Measure.GradientNorm, 5)]
    public void Of_EachMeasure_ReadsItsField(Measure measure, double expected) =>
        Assert.Equal(expected, measure.Of(new Evaluation(TrainLoss: 1, TrainAccuracy: 2, TestLoss: 3, TestAccuracy: 4, GradientNorm: 5)));

    [Theory]
    [InlineData(Measure.TestAccuracy, new[] { 0.9, 0.5, double.NaN })]
    [InlineData(Measure.TrainLoss, new[] { 0.1, 2.3, double.NaN })]
    public void CompareQuality_Sorts_BestFirstAndNaNLast(Measure measure, double[] expected) =>
        Assert.Equal(expected, expected.Reverse().Order(Comparer<double>.Create((a, b) => measure.CompareQuality(a, b))));
}
