using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.001, "0.00100")]
    [InlineData(0.0316227766, "0.0316")]
    [InlineData(12.345, "12.3")]
    [InlineData(9.996, "10.0")]
    [InlineData(1000, "1000")]
    [InlineData(123456, "1.23e5")]
    [InlineData(0.000316, "3.16e-4")]
    [InlineData(-0.5, "-0.500")]
    [InlineData(2.3, "2.30")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "−∞")]
    [InlineData(5e-324, "4.94e-324")]
    public void Short_Value_HasThreeSignificantDigits(double value, string expected) => Assert.Equal(expected, NumberText.Short(value));

    [Theory]
    [InlineData(0.001, "0.001")]
    [InlineData(1000, "1000")]
    [InlineData(1e6, "1e6")]
    [InlineData(0.0316227766, "0.0316")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1e-320, "1e-320")]
    [InlineData(1.7976931348623157e308, "1.8e308")]
    public void Axis_Value_HasNoZerosBehindItAndIsItselfWhereItIsShort(double value, string expected) => Assert.Equal(expected, NumberText.Axis(value));

    [Fact]
    public void Axis_AmongNearValues_HasAsManyDigitsAsTellThemApart()
    {
        double[] values = [0.09999999999999999, 0.1, 0.10000000000000002, 1, 1.0000001, 3.1622776601683795];

        Assert.Equal(["0.09999999999999999", "0.1", "0.10000000000000002", "1", "1.0000001", "3.16"], values.Select(v => NumberText.Axis(v, values)));
    }

    [Theory]
    [InlineData(8.73e-20, "9e-20")]
    [InlineData(0.317, "0.32")]
    [InlineData(1.82e21, "2e21")]
    public void Tiny_Value_FitsANarrowCell(double value, string expected) => Assert.Equal(expected, NumberText.Tiny(value));

    [Fact]
    public void Of_Accuracy_IsPerCent() => Assert.Equal("95.4", NumberText.Of(Measure.TestAccuracy, 0.9541));

    [Fact]
    public void Of_NaN_IsDiverged() => Assert.Equal("div", NumberText.Of(Measure.TrainLoss, double.NaN));

    [Fact]
    public void Whole_Thousands_AreSeparatedByThinSpaces() => Assert.Equal("23\u2009400", NumberText.Whole(23400));
}
