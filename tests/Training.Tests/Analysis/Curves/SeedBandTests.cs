using Stepsize.Training.Analysis.Curves;
using Xunit;

namespace Stepsize.Training.Tests.Analysis.Curves;

public sealed class SeedBandTests
{
    [Fact]
    public void Of_ThreeSeeds_IsTheMeanWithinStudentsInterval()
    {
        // t(0.975, 2) = 4.302653; s = 0.0360555; the half-width is 0.0895665.
        var band = SeedBand.Of([[.88f], [.90f], [.95f]], SeedCenter.Mean);

        Assert.Equal(0.91f, band.Center[0], 1e-6f);
        Assert.Equal(0.0895665f, band.High[0] - band.Center[0], 1e-5f);
        Assert.Equal(0.0895665f, band.Center[0] - band.Low[0], 1e-5f);
        Assert.Equal(3, band.Seeds[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void Of_ManySeeds_AgreesWithTheIntervalOfTheTables(int seeds)
    {
        var random = new Random(seeds);
        float[][] columns = [.. Enumerable.Range(0, seeds).Select(_ => new[] { random.NextSingle(), 100 * random.NextSingle() })];

        var band = SeedBand.Of(columns, SeedCenter.Mean);

        for (var i = 0; i < 2; i++)
        {
            double[] values = [.. columns.Select(c => (double)c[i])];
            Assert.Equal(values.Average(), band.Center[i], 1e-5);
            Assert.Equal(Stepsize.Training.Robustness.StudentInterval.HalfWidth(values), band.High[i] - (double)band.Center[i], 1e-3);
        }
    }

    [Fact]
    public void Of_Median_IsBetweenSmallestAndLargest()
    {
        var band = SeedBand.Of([[4], [1], [9], [2]], SeedCenter.Median);

        Assert.Equal((3f, 1f, 9f), (band.Center[0], band.Low[0], band.High[0]));
    }

    [Fact]
    public void Of_SeedThatDivergesOrEnds_IsCountedOut()
    {
        var band = SeedBand.Of([[1, 1, 1], [3, float.NaN, 3], [5, 5]], SeedCenter.Mean);

        Assert.Equal([3, 2, 2], band.Seeds);
        Assert.Equal([3, 3, 2], band.Center);
    }

    [Fact]
    public void Of_NoSeedWithAValue_IsNaN()
    {
        var band = SeedBand.Of([[1, float.NaN], [2, float.PositiveInfinity]], SeedCenter.Median);

        Assert.True(float.IsNaN(band.Center[1]) && float.IsNaN(band.Low[1]));
        Assert.Equal(0, band.Seeds[1]);
    }

    [Fact]
    public void Of_Facts_FindTheFirstNonFiniteOfTheRunAndNonPositivesOfTheWindow()
    {
        var facts = ColumnFacts.Of([0, -1, 1, float.NaN, -3, float.NegativeInfinity], 2, 6);

        Assert.Equal(new ColumnFacts(4, 2), facts);
        Assert.Equal(new ColumnFacts(null, 0), ColumnFacts.Of([1, 2], 5, 9));
    }
}
