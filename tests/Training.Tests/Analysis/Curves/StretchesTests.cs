using Stepsize.Training.Analysis.Curves;
using Xunit;

namespace Stepsize.Training.Tests.Analysis.Curves;

public sealed class StretchesTests
{
    [Theory]
    [InlineData(1, 14_000, 400, false)]
    [InlineData(1, 14_000, 400, true)]
    [InlineData(777, 5_000, 50, true)]
    [InlineData(1, 1_000_000, 2_000, false)]
    public void Starts_LongWindow_AreThePointsAskedForAndCutEveryIterationOnce(int first, int last, int points, bool logarithmic)
    {
        var stretches = new Stretches(first, last, points, logarithmic);

        Assert.False(stretches.IsRaw);
        Assert.Equal(points, stretches.Count);
        Assert.Equal((first, last), (stretches.Starts[0], stretches.Starts[^1]));
        for (var i = 1; i < stretches.Count; i++)
        {
            Assert.True(stretches.Starts[i] > stretches.Starts[i - 1]);
            Assert.InRange(stretches.Middle(i - 1), stretches.Starts[i - 1], stretches.Starts[i] - 1);
        }
    }

    [Fact]
    public void Starts_Logarithmic_KeepTheFirstIterationsApart()
    {
        var stretches = new Stretches(1, 100_000, 200, logarithmic: true);

        Assert.Equal([1, 2, 3, 4, 5], stretches.Starts[..5].ToArray());
        Assert.True(stretches.Starts[^1] - stretches.Starts[^2] > 1000);
    }

    [Fact]
    public void Extremes_SpikeOfOneIteration_IsKept()
    {
        var column = Enumerable.Range(1, 10_000).Select(i => (float)Math.Sin(i)).ToArray();
        column[6_543] = 1e6f;
        column[7_001] = -1e6f;
        var stretches = new Stretches(1, 10_000, 100);
        var (low, high) = (new float[100], new float[100]);

        stretches.Extremes(column, low, high);

        Assert.Equal(-1e6f, low.Min());
        Assert.Equal(1e6f, high.Max());
        Assert.Equal((column[0], column[^1]), (low[0], high[^1]));
    }

    [Fact]
    public void Extremes_StretchWithNaN_ShowsIt()
    {
        var column = Enumerable.Repeat(2f, 1_000).ToArray();
        column[500] = float.NaN;
        var stretches = new Stretches(1, 1_000, 12);
        var (low, high) = (new float[12], new float[12]);

        stretches.Extremes(column, low, high);

        Assert.Equal(1, high.Count(float.IsNaN));
        Assert.All(low, v => Assert.Equal(2f, v));
    }

    [Fact]
    public void Extremes_ShortRun_FillsWhatItReaches()
    {
        var stretches = new Stretches(1, 1_000, 12);
        var column = Enumerable.Range(1, 250).Select(i => (float)i).ToArray();
        var covered = stretches.Covered(column.Length);
        var (low, high) = (new float[covered], new float[covered]);

        stretches.Extremes(column, low, high);

        Assert.InRange(covered, 3, 5);
        Assert.Equal(250, high[^1]);
        Assert.Equal(stretches.Starts[covered - 1], low[^1]);
    }

    [Fact]
    public void Extremes_Window_IsRawWhereItIsShort()
    {
        var stretches = new Stretches(10, 20, 100);
        var low = new float[11];

        stretches.Extremes(Enumerable.Range(1, 15).Select(i => (float)i).ToArray(), low, []);

        Assert.True(stretches.IsRaw);
        Assert.Equal(6, stretches.Covered(15));
        Assert.Equal([10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0], low);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(50, 20)]
    public void Constructor_EmptyWindow_HasNoPoint(int first, int last) => Assert.Equal(0, new Stretches(first, last, 100).Count);
}
