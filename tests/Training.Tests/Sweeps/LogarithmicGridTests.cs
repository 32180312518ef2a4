using Stepsize.Training.Sweeps;
using Xunit;

namespace Stepsize.Training.Tests.Sweeps;

public class LogarithmicGridTests
{
    [Fact]
    public void Values_ThirteenOverSixDecades_AreTwoADecade() =>
        Assert.Equal([0.001, 0.003162, 0.01, 0.03162, 0.1, 0.3162, 1, 3.162, 10, 31.62, 100, 316.2, 1000], LogarithmicGrid.Values(1e-3, 1e3, 13));

    [Fact]
    public void Values_EndsGivenTheOtherWayRound_GoDown() => Assert.Equal([100.0, 10, 1], LogarithmicGrid.Values(100, 1, 3));

    [Fact]
    public void Values_One_IsTheFirst() => Assert.Equal([0.5], LogarithmicGrid.Values(0.5, 100, 1));

    [Theory]
    [InlineData(0, 1, 3)]
    [InlineData(1, -1, 3)]
    [InlineData(1, 10, 0)]
    public void Values_OutOfRange_Throws(double first, double last, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LogarithmicGrid.Values(first, last, count));
}
