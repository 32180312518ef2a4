using Stepsize.Training.Analysis;
using Stepsize.Training.Comparison;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Comparison;

public class BudgetCurveTests
{
    [Fact]
    public void Of_TwoSeeds_AveragesTheirExactCurves()
    {
        var curve = Curve(Compared.Track(1, [1, 10], (1, 0, 0.6), (10, 0, 0.8), (1, 1, 0.5), (10, 1, 0.7)));

        // Seed 0: .7 then .8; seed 1: .6 then .7. Two seeds say too little about their scatter for an interval.
        Assert.Equal([1, 2], curve.Points.Select(p => p.Tried));
        Assert.Equal(0.65, curve.Points[0].Expected, 1e-12);
        Assert.Equal(0.75, curve.Points[1].Expected, 1e-12);
        Assert.Null(curve.Points[0].Interval);
        Assert.Equal(0.7, curve.Area, 1e-12);
        Assert.Equal(2, curve.Seeds);
    }

    [Fact]
    public void Of_DivergedRun_CountsAsGuessingAmongTenClasses()
    {
        var curve = Curve(Compared.Track(1, [1, 10], (1, 0, double.NaN), (10, 0, 0.8)));

        Assert.Equal(0.1, curve.DivergedAs);
        Assert.Equal(1, curve.Diverged);
        Assert.Equal(0.45, curve.Points[0].Expected, 1e-12);
        Assert.Equal(0.8, curve.Points[1].Expected, 1e-12);
    }

    [Fact]
    public void Of_DivergedRunAndALoss_IsInfiniteUntilSoManyAreTriedThatOneIsNot()
    {
        var curve = Assert.Single(BudgetCurve.Of([Compared.Track(1, [1, 10], (1, 0, double.NaN), (10, 0, 0.8))], Measure.TrainLoss, RunStatistic.Final));

        Assert.Equal(double.PositiveInfinity, curve.DivergedAs);
        Assert.Equal(double.PositiveInfinity, curve.Points[0].Expected);
        Assert.Equal(0.2, curve.Points[1].Expected, 1e-12);
        Assert.Equal(double.PositiveInfinity, curve.Area);
    }

    [Fact]
    public void Of_ThreeSeeds_HaveBootstrapIntervalsThatAreTheSameEveryTime()
    {
        (double, int, double)[] results = [(1, 0, 0.6), (10, 0, 0.8), (1, 1, 0.5), (10, 1, 0.7), (1, 2, 0.7), (10, 2, 0.9)];
        var (curve, again) = (Curve(Compared.Track(1, [1, 10], results)), Curve(Compared.Track(1, [1, 10], results)));

        // At k = 1 the seeds give .7, .6, .8. Of 27 draws one is all .6 and one all .8: each is 3.7% of them, more than a tail.
        Assert.Equal(0.6, curve.Points[0].Interval!.Value.Low, 1e-12);
        Assert.Equal(0.8, curve.Points[0].Interval!.Value.High, 1e-12);
        Assert.Equal(curve.Points, again.Points);
    }

    [Fact]
    public void Of_SeedsThatAgree_HaveAnIntervalOfNoWidth()
    {
        var curve = Curve(Compared.Track(1, [1], (1, 0, 0.3), (1, 1, 0.3), (1, 2, 0.3)));

        Assert.Equal(curve.Points[0].Interval!.Value.Low, curve.Points[0].Interval!.Value.High);
    }

    [Fact]
    public void Of_ValueThatASeedLacks_IsLeftOutForAll()
    {
        var curve = Curve(Compared.Track(1, [1, 10, 100], (1, 0, 0.6), (1, 1, 0.7), (10, 0, 0.9), (100, 0, 0.5), (100, 1, 0.5)));

        Assert.Equal(2, curve.Points.Count);
        Assert.Equal(3, curve.Values);
        Assert.Equal(0.65, curve.Points[1].Expected, 1e-12);
    }

    [Fact]
    public void Of_NothingMeasured_HasNoPoints() => Assert.Empty(Curve(Compared.Track(1, [1, 10])).Points);

    private static BudgetCurve Curve(ComparedTrack track) => Assert.Single(BudgetCurve.Of([track], Measure.TestAccuracy, RunStatistic.Final));
}
