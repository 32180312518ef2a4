using Stepsize.Training.Robustness;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Robustness;

public class ToleranceTests
{
    [Theory]
    [InlineData(Measure.TestAccuracy, "2")]
    [InlineData(Measure.TestAccuracy, "0.5")]
    [InlineData(Measure.TrainLoss, "x10")]
    [InlineData(Measure.GradientNorm, "below-1E-08")]
    public void Parse_Slug_RoundTrips(Measure measure, string slug) => Assert.Equal(slug, Tolerance.Parse(slug, measure)!.Slug);

    [Theory]
    [InlineData(Measure.TestAccuracy, "x10")]
    [InlineData(Measure.TestAccuracy, "101")]
    [InlineData(Measure.TestAccuracy, "-1")]
    [InlineData(Measure.TestAccuracy, "NaN")]
    [InlineData(Measure.TrainLoss, "2")]
    [InlineData(Measure.TrainLoss, "x0.5")]
    [InlineData(Measure.TrainLoss, "xInfinity")]
    [InlineData(Measure.TrainLoss, "below-0")]
    [InlineData(Measure.TrainLoss, "below-Infinity")]
    [InlineData(Measure.TrainLoss, "")]
    public void Parse_OutOfRangeOrOfAnotherMeasure_IsNull(Measure measure, string slug) => Assert.Null(Tolerance.Parse(slug, measure));

    [Fact]
    public void OfferedFor_EveryMeasure_HoldsTheDefault() =>
        Assert.All(Enum.GetValues<Measure>(), m => Assert.Contains(Tolerance.DefaultOf(m), Tolerance.OfferedFor(m)));
}
