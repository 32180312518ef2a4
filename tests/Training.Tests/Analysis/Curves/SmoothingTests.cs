using Stepsize.Training.Analysis.Curves;
using Xunit;

namespace Stepsize.Training.Tests.Analysis.Curves;

public sealed class SmoothingTests
{
    [Fact]
    public void ExponentialAverage_Constant_StaysFromTheFirstIterationOn() =>
        Assert.All(Apply(new ExponentialAverage(100), Enumerable.Repeat(3f, 50)), v => Assert.Equal(3f, v, 1e-6f));

    [Fact]
    public void ExponentialAverage_TwoValues_WeighsTheNewestByItsShare()
    {
        // n = 3: the newest counts 1/2, the one before 1/4, together 3/4.
        var smoothed = Apply(new ExponentialAverage(3), [0, 3]);

        Assert.Equal(2f, smoothed[1], 1e-6f);
    }

    [Fact]
    public void ExponentialAverage_NaN_IsNaNThereAndLeavesTheOthersAlone()
    {
        var smoothed = Apply(new ExponentialAverage(5), [1, 1, float.NaN, float.PositiveInfinity, 1]);

        Assert.Equal([1, 1, float.NaN, float.NaN, 1], smoothed);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(101)]
    public void MovingMedian_RandomValues_IsTheMedianOfItsWindow(int width)
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 300).Select(i => i % 37 == 5 ? float.NaN : (float)random.Next(40)).ToArray();

        var smoothed = Apply(new MovingMedian(width), values);

        for (var i = 0; i < values.Length; i++)
        {
            var reach = width / 2;
            float[] window = [.. values[Math.Max(0, i - reach)..Math.Min(values.Length, i + reach + 1)].Where(float.IsFinite).Order()];
            var expected = float.IsNaN(values[i]) ? float.NaN : (window[(window.Length - 1) / 2] + window[window.Length / 2]) / 2;
            Assert.Equal(expected, smoothed[i]);
        }
    }

    [Fact]
    public void MovingMedian_Spike_LeavesNoTrace() =>
        Assert.Equal(Enumerable.Repeat(1f, 20), Apply(new MovingMedian(5), [.. Enumerable.Repeat(1f, 10), 1e9f, .. Enumerable.Repeat(1f, 9)]));

    [Theory]
    [InlineData("ema:200")]
    [InlineData("median:21")]
    public void Parse_Slug_GivesItBack(string slug) => Assert.Equal(slug, Smoothing.Parse(slug)?.Slug);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ema")]
    [InlineData("ema:1")]
    [InlineData("ema:-5")]
    [InlineData("median:999999999999")]
    [InlineData("mean:10")]
    public void Parse_SomethingElse_IsNull(string? slug) => Assert.Null(Smoothing.Parse(slug));

    private static float[] Apply(Smoothing smoothing, IEnumerable<float> values)
    {
        float[] column = [.. values];
        var smoothed = new float[column.Length];
        smoothing.Apply(column, smoothed);
        return smoothed;
    }
}
