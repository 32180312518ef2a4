using Stepsize.Web.Views.Scales;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public sealed class ClippedPathTests
{
    private static readonly DrawingBox Box = new(0, 0, 10, 10);

    [Fact]
    public void Of_PathInside_IsWhole()
    {
        var path = ClippedPath.Of([(1, 1), (2, 3), (9, 9)], Box);

        Assert.Equal("1,1 2,3 9,9 ", Assert.Single(path.Stretches));
        Assert.Equal(3, path.Points.Count);
        Assert.Empty(path.Exits);
    }

    [Fact]
    public void Of_PathThatLeavesAndReturns_IsCutAtTheSides()
    {
        var path = ClippedPath.Of([(5, 5), (15, 5), (15, 8), (5, 8)], Box);

        Assert.Equal(["5,5 10,5 ", "10,8 5,8 "], path.Stretches);
        Assert.Equal(new PathExit(10, 5, 0), Assert.Single(path.Exits));
    }

    [Fact]
    public void Of_SegmentAcrossTheBox_IsDrawnWithoutItsCorners()
    {
        var path = ClippedPath.Of([(-10, 5), (20, 5)], Box);

        Assert.Equal("0,5 10,5 ", Assert.Single(path.Stretches));
        Assert.Empty(path.Points);
    }

    [Theory]
    [InlineData(1e149)]
    [InlineData(1e300)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void Of_HugeCoordinates_HasOnlyFinitePoints(double y)
    {
        var path = ClippedPath.Of([(5, 5), (6, 6), (7, y), (8, -y)], Box);

        Assert.NotEmpty(path.Stretches);
        Assert.All(path.Stretches, s => Assert.DoesNotContain("N", s, StringComparison.Ordinal));
        Assert.All(path.Exits, e => Assert.True(Box.Contains(e.X, e.Y)));
    }
}
