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

        // Seed 0: .7 then .8; seed 1: .6 then .7. t(0.975, 1)/√2 · s, with s = .0707107.
        Assert.Equal([1, 2], curve.Points.Select(p => p.Tried));
        Assert.Equal(0.65, curve.Points[0].Expected.Mean, 1e-12);
        Assert.Equal(0.75, curve.Points[1].Expected.Mean, 1e-12);
        Assert.Equal(12.706205 * 0.0707106781 / Math.Sqrt(2), curve.Points[0].Expected.HalfWidth, 1e-6);
    }

    [Fact]
    public void Of_DivergedRun_CountsAsGuessingAmongTenClasses()
    {
        var curve = Curve(Compared.Track(1, [1, 10], (1, 0, double.NaN), (10, 0, 0.8)));

        Assert.Equal(0.1, curve.DivergedAs);
        Assert.Equal(1, curve.Diverged);
        Assert.Equal(0.45, curve.Points[0].Expected.Mean, 1e-12);
        Assert.Equal(0.8, curve.Points[1].Expected.Mean, 1e-12);
    }

    [Fact]
    public void Of_DivergedRunAndALoss_CountsAsTheWorstLossOfAnyComparedRun()
    {
        // Losses: diverged and 0.2 here, 0.9 and 0.4 there.
        var curves = BudgetCurve.Of(
            [Compared.Track(1, [1, 10], (1, 0, double.NaN), (10, 0, 0.8)), Compared.Track(2, [1, 10], (1, 0, 0.1), (10, 0, 0.6))],
            Measure.TrainLoss, RunStatistic.Final);

        Assert.Equal(0.9, curves[0].DivergedAs, 1e-12);
        Assert.Equal(0.55, curves[0].Points[0].Expected.Mean, 1e-12);
        Assert.Equal(0.2, curves[0].Points[1].Expected.Mean, 1e-12);
    }

    [Fact]
    public void Of_ValueThatASeedLacks_IsLeftOutForAll()
    {
        var curve = Curve(Compared.Track(1, [1, 10, 100], (1, 0, 0.6), (1, 1, 0.7), (10, 0, 0.9), (100, 0, 0.5), (100, 1, 0.5)));

        Assert.Equal(2, curve.Points.Count);
        Assert.Equal(3, curve.Values);
        Assert.Equal(0.65, curve.Points[1].Expected.Mean, 1e-12);
    }

    [Fact]
    public void Of_NothingMeasured_HasNoPoints() => Assert.Empty(Curve(Compared.Track(1, [1, 10])).Points);

    private static BudgetCurve Curve(ComparedTrack track) => Assert.Single(BudgetCurve.Of([track], Measure.TestAccuracy, RunStatistic.Final));
}
