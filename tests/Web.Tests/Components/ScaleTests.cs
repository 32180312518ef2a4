using Stepsize.Training.Workloads;
using Stepsize.Web.Components.Models;
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

    [Fact]
    public void Share_Loss_IsBestWhereSmallestAndLogarithmic()
    {
        var scale = new ColorScale(Measure.TrainLoss, 0.01, 1);

        Assert.Equal(1, scale.Share(0.01), 1e-12);
        Assert.Equal(0.5, scale.Share(0.1), 1e-12);
        Assert.Equal(0, scale.Share(1), 1e-12);
    }

    [Fact]
    public void Share_AllEqual_IsBest() => Assert.Equal(1, new ColorScale(Measure.TestAccuracy, 0.9, 0.9).Share(0.9));

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
