using Stepsize.Training.Analysis;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Scales;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class ScaleTests
{
    [Fact]
    public void Logarithmic_Decades_AreEquallyFarApart()
    {
        var scale = AxisScale.Logarithmic(0.001, 1000, 0, 600);

        Assert.Equal(0, scale.At(0.001), 1e-9);
        Assert.Equal(300, scale.At(1), 1e-9);
        Assert.Equal(["0.001", "0.01", "0.1", "1", "10", "100", "1000"], scale.Ticks.Select(t => t.Label));
    }

    [Fact]
    public void Logarithmic_ManyDecades_LabelsSomeOfThem() => Assert.InRange(AxisScale.Logarithmic(1e-20, 1e20, 0, 1).Ticks.Count(t => t.Label.Length > 0), 4, 11);

    [Fact]
    public void Logarithmic_OneValue_StillHasARange() => Assert.Equal(50, AxisScale.Logarithmic(5, 5, 0, 100).At(5), 1e-9);

    [Fact]
    public void Linear_Ticks_AreRoundAndInside()
    {
        var scale = AxisScale.Linear(23.1, 96, 100, 0);

        Assert.Equal(["30", "40", "50", "60", "70", "80", "90"], scale.Ticks.Select(t => t.Label));
        Assert.Equal(100, scale.At(23.1), 1e-9);
    }

    [Theory]
    [InlineData(1e-320, 1e300)]
    [InlineData(5e-324, 1.7976931348623157e308)]
    [InlineData(5e-324, 1e-323)]
    [InlineData(1e307, 1.7976931348623157e308)]
    [InlineData(0.1, 0.10000000000000002)]
    public void Logarithmic_AnyPositiveRange_HasDistinctLabelsInside(double low, double high)
    {
        var scale = AxisScale.Logarithmic(low, high, 0, 100);

        var labels = scale.Ticks.Select(t => t.Label).Where(l => l.Length > 0).ToList();
        Assert.True(labels.Count >= 2, string.Join(' ', labels));
        Assert.Equal(labels.Distinct(), labels);
        Assert.All(scale.Ticks, t => Assert.InRange(scale.At(t.Value), -0.001, 100.001));
    }

    [Fact]
    public void Logarithmic_SixHundredDecades_HasATickAtEveryHundredth() =>
        Assert.Equal(["1e-300", "1e-200", "1e-100", "1", "1e100", "1e200", "1e300"], AxisScale.Logarithmic(1e-320, 1e300, 0, 1).Ticks.Select(t => t.Label));

    [Theory]
    [InlineData(3e15, 3.04e15)]
    [InlineData(1000.1, 1000.4)]
    [InlineData(-1.7e308, 1.7e308)]
    [InlineData(1e-30, 3e-30)]
    [InlineData(7, 7)]
    [InlineData(1, 1.0000000000000002)]
    public void Linear_AnyRange_HasDistinctLabelsInside(double low, double high)
    {
        var scale = AxisScale.Linear(low, high, 0, 100);

        Assert.InRange(scale.Ticks.Count, 2, 12);
        Assert.Equal(scale.Ticks.Count, scale.Ticks.Select(t => t.Label).Distinct().Count());
        Assert.All(scale.Ticks, t => Assert.InRange(scale.At(t.Value), -0.001, 100.001));
    }

    [Fact]
    public void Linear_Ticks_HaveEquallyManyDecimals() =>
        Assert.Equal(["0.0", "0.5", "1.0", "1.5", "2.0", "2.5", "3.0"], AxisScale.Linear(0, 3, 0, 1).Ticks.Select(t => t.Label));

    [Fact]
    public void Share_Loss_IsBestWhereSmallestAndLogarithmic()
    {
        var scale = new ColorScale(Measure.TrainLoss, ShownRange.Of(Measure.TrainLoss, [0.01, 1])!);

        Assert.Equal(1, scale.Share(0.01), 1e-12);
        Assert.Equal(0.5, scale.Share(0.1), 1e-12);
        Assert.Equal(0, scale.Share(1), 1e-12);
    }

    [Fact]
    public void Share_AllEqual_IsBest() => Assert.Equal(1, new ColorScale(Measure.TestAccuracy, ShownRange.Of(Measure.TestAccuracy, [0.9])!).Share(0.9));

    [Fact]
    public void Share_OneLossExplodes_TellsTheOthersApart()
    {
        double[] losses = [1e-9, 1e-8, 1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.1, 1, 4e142];
        var scale = new ColorScale(Measure.TrainLoss, ShownRange.Of(Measure.TrainLoss, losses)!);

        Assert.Equal("≥ 1.00 (up to 4.00e142)", scale.WorstText);
        Assert.Equal("1.00e-9", scale.BestText);
        Assert.Equal(0, scale.Share(4e142));
        Assert.Equal(0.5, scale.Share(Math.Pow(10, -4.5)), 1e-9);
        Assert.Equal(9, losses.Select(scale.Fill).Distinct().Count());
    }

    [Fact]
    public void Share_LossOfZero_IsTheBestOfALogarithmicScale()
    {
        var scale = new ColorScale(Measure.TrainLoss, ShownRange.Of(Measure.TrainLoss, [0, 0.01, 0.1, 1])!);

        Assert.Equal("≤ 0.0100 (down to 0)", scale.BestText);
        Assert.Equal(1, scale.Share(0));
        Assert.Equal(0.5, scale.Share(0.1), 1e-9);
    }

    [Fact]
    public void InkOn_EveryColourOfTheMap_HasAContrastOfAtLeastFourAndAHalf()
    {
        for (var i = 0; i <= 100; i++)
        {
            var color = Cividis.At(i / 100.0);
            var ink = Cividis.InkOn(color) == "#fff" ? 1.0 : 0.0;
            var (light, dark) = (Math.Max(ink, Luminance(color)), Math.Min(ink, Luminance(color)));
            Assert.True((light + 0.05) / (dark + 0.05) >= 4.5, $"{color} at {i}: {(light + 0.05) / (dark + 0.05)}");
        }
    }

    private static double Luminance((byte R, byte G, byte B) color)
    {
        static double Linear(byte c) => c / 255.0 <= 0.04045 ? c / 255.0 / 12.92 : Math.Pow(((c / 255.0) + 0.055) / 1.055, 2.4);
        return (0.2126 * Linear(color.R)) + (0.7152 * Linear(color.G)) + (0.0722 * Linear(color.B));
    }
}
