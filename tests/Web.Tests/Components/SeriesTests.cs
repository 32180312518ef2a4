using Stepsize.Training.Optimizers;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Views.Scales;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class SeriesTests
{
    [Fact]
    public void Series_AsManyAsThereAreOptimizers_DifferInColourAndInColourWithMark()
    {
        Assert.InRange(OptimizerRegistry.All.Count, 1, Series.Count);
        var lines = Enumerable.Range(0, Series.Count).ToList();

        Assert.Equal(lines.Count, lines.Select(Series.Color).Distinct().Count());
        Assert.Equal(lines.Count, lines.Select(FigurePalette.SeriesColor).Distinct().Count());

        // The four lines of one hue: as it is, deeper, mixed, mixed and deeper.
        Assert.All(Enumerable.Range(0, 8), hue => Assert.Equal(4, Enumerable.Range(0, 4).Select(i => Series.Marker(hue + (8 * i))).Distinct().Count()));
    }

    [Fact]
    public void SeriesColor_EveryLine_StandsOutFromPaper() =>
        Assert.All(Enumerable.Range(0, Series.Count), i => Assert.True(Contrast(FigurePalette.SeriesColor(i)) >= 3, $"{i}: {FigurePalette.SeriesColor(i)}"));

    /// <summary>Against white, as WCAG defines it.</summary>
    private static double Contrast(string hex)
    {
        var number = Convert.ToInt32(hex[1..], 16);
        var luminance = (0.2126 * Linear(number >> 16)) + (0.7152 * Linear((number >> 8) & 255)) + (0.0722 * Linear(number & 255));
        return 1.05 / (luminance + 0.05);

        static double Linear(int channel) => channel / 255.0 <= 0.04045 ? channel / 255.0 / 12.92 : Math.Pow(((channel / 255.0) + 0.055) / 1.055, 2.4);
    }
}
