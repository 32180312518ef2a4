using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Randomness;
using Xunit;

namespace Stepsize.Training.Tests.Optimizers;

public sealed class RunningMedianTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(191)]
    [InlineData(193)]
    [InlineData(1000)]
    [InlineData(20001)]
    public void Of_GrowingAccumulators_IsTheMiddleOfTheSortedValues(int length)
    {
        var random = new RandomStream(length, RandomPurpose.Data);
        var median = new RunningMedian<float>(length);
        var values = new float[length];
        for (var t = 0; t < 60; t++)
        {
            for (var j = 0; j < length; j++)
            {
                var g = random.NextNormal() * (j % 7);
                values[j] += (float)(g * g);
            }

            AssertExact(median, values);
        }
    }

    /// <summary>Most values never change, as the accumulators of pixels that are always black; the median sits in them, beside them or jumps.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.4999)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(1)]
    public void Of_ManyEqualValues_IsTheMiddleOfTheSortedValues(double share)
    {
        const int Length = 5000;
        var random = new RandomStream(7, RandomPurpose.Data);
        var median = new RunningMedian<double>(Length);
        var values = new double[Length];
        for (var t = 0; t < 60; t++)
        {
            var spread = t % 20 == 19 ? 100 : 1e-9;
            for (var j = 0; j < Length; j++)
            {
                values[j] = j < share * Length ? 1e6 : 1e6 + (spread * (random.NextNormal() + (t % 3) - 1));
            }

            AssertExact(median, values);
        }
    }

    [Fact]
    public void Of_ValuesThatJumpByDecades_IsTheMiddleOfTheSortedValues()
    {
        var random = new RandomStream(8, RandomPurpose.Data);
        var median = new RunningMedian<float>(4097);
        var values = new float[4097];
        for (var t = 0; t < 100; t++)
        {
            var scale = Math.Pow(10, (random.NextUniform() * 60) - 30);
            for (var j = 0; j < values.Length; j++)
            {
                values[j] = (float)(scale * random.NextNormal());
            }

            AssertExact(median, values);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(3000)]
    public void Of_NaNAmongTheValues_IsNaNAndRecovers(int length)
    {
        var median = new RunningMedian<double>(length);
        var values = Enumerable.Range(0, length).Select(i => (double)i).ToArray();
        AssertExact(median, values);
        values[length / 2] = double.NaN;
        Assert.True(double.IsNaN(median.Of(values).Lower));
        values[length / 2] = double.PositiveInfinity;
        AssertExact(median, values);
        Array.Fill(values, double.PositiveInfinity);
        AssertExact(median, values);
        AssertExact(median, [.. Enumerable.Range(0, length).Select(i => (double)-i)]);
    }

    [Fact]
    public void Of_ChunksOfAnySize_AreOnePass()
    {
        var values = SmoothProblem.Normals(9, 3333);
        var median = new RunningMedian<double>(values.Length);
        var whole = median.Of(values);
        foreach (var size in new[] { 1, 7, 8, 64, 1000 })
        {
            median.Begin();
            foreach (var chunk in values.Chunk(size))
            {
                median.Add(chunk);
            }

            Assert.Equal(whole, median.End(values));
        }
    }

    private static void AssertExact<T>(RunningMedian<T> median, T[] values)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var sorted = values.Order().ToArray();
        Assert.Equal((sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]), median.Of(values));
    }
}
