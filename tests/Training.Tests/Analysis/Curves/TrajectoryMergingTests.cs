using Stepsize.Training.Analysis.Curves;
using Xunit;

namespace Stepsize.Training.Tests.Analysis.Curves;

public sealed class TrajectoryMergingTests
{
    [Fact]
    public void Of_AdaGradNormOnConstantGradients_MergesWhereTheFormulaSays()
    {
        // b² = b0² + t with unit gradients: 1/b of b0 = 1 and b0 = 10 are within 10% once (100 + t)/(1 + t) ≤ 1.21, at t = 471 (98.79/0.21 = 470.4).
        var merging = TrajectoryMerging.Of([Norm(10), Norm(1)]);

        Assert.Equal(471, merging!.Iteration);
        Assert.Equal([1.0, 10.0], merging.Values.Select(v => v.AxisValue));
        Assert.Equal([1, 471], merging.Values.Select(v => v.Iteration));
    }

    [Fact]
    public void Of_ValueThatStaysAway_IsNotAmongThem()
    {
        var merging = TrajectoryMerging.Of([Norm(0.1), Norm(1), Norm(10), Norm(1000)]);

        Assert.Equal([0.1, 1, 10], merging!.Values.Select(v => v.AxisValue));
        Assert.Equal(4, merging.Compared);
        Assert.Empty(merging.LeftOut);
    }

    [Fact]
    public void Of_DivergedAndShortRuns_AreLeftOutAndNamed()
    {
        var diverged = Norm(0.01) with { Stepsizes = [.. Norm(0.01).Stepsizes[..^1], float.NaN] };
        var brief = Norm(0.1) with { Stepsizes = Norm(0.1).Stepsizes[..10] };

        var merging = TrajectoryMerging.Of([diverged, brief, Norm(1), Norm(10)]);

        Assert.Equal([0.01, 0.1], merging!.LeftOut);
        Assert.Equal(2, merging.Compared);
    }

    [Fact]
    public void Of_MeetingThatDoesNotLast_DoesNotCount()
    {
        var crossing = new StepsizeTrajectory(2, [1, 5, 1, 1.05f]);
        var constant = new StepsizeTrajectory(1, [1, 1, 1, 1]);

        Assert.Equal(3, TrajectoryMerging.Of([crossing, constant])!.Iteration);
    }

    [Fact]
    public void Of_ConstantStepsizes_NeverMerge() =>
        Assert.Null(TrajectoryMerging.Of(Enumerable.Range(0, 5).Select(e => new StepsizeTrajectory(Math.Pow(10, e), [.. Enumerable.Repeat(MathF.Pow(10, -e), 100)]))));

    [Fact]
    public void Of_NothingOrOne_IsNull()
    {
        Assert.Null(TrajectoryMerging.Of([]));
        Assert.Null(TrajectoryMerging.Of([Norm(1)]));
        Assert.Null(TrajectoryMerging.Of([new StepsizeTrajectory(1, []), new StepsizeTrajectory(2, [])]));
    }

    private static StepsizeTrajectory Norm(double b0) => new(b0, [.. Enumerable.Range(1, 2000).Select(t => (float)(1 / Math.Sqrt((b0 * b0) + t)))]);
}
