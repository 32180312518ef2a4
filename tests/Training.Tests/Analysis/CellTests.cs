using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Analysis;

public class CellTests
{
    [Fact]
    public void Of_ThreeSeeds_GivesStudentsInterval()
    {
        var cell = Of(null, Runs.Ended(0, 1, 0, (10, 0.88)), Runs.Ended(0, 1, 1, (10, 0.90)), Runs.Ended(0, 1, 2, (10, 0.95)));

        Assert.Equal(CellState.Measured, cell.State);
        Assert.Equal(3, cell.Value!.Count);
        Assert.Equal(0.91, cell.Value.Mean, 1e-12);
        // t(0.975, 2) = 4.302653, s = 0.036056.
        Assert.Equal(0.089567, cell.Value.HalfWidth, 1e-6);
    }

    [Fact]
    public void Of_OneSeed_HasNoInterval() => Assert.True(double.IsNaN(Of(null, Runs.Ended(0, 1, 0, (10, 0.9))).Value!.HalfWidth));

    [Fact]
    public void Of_NoRuns_IsMissing() => Assert.Equal(CellState.Missing, Of(null).State);

    [Fact]
    public void Of_EverySeedDiverged_IsDiverged()
    {
        var cell = Of(null, Runs.Diverged(0, 1, 0, firstBad: 3), Runs.Diverged(0, 1, 1, firstBad: 4));

        Assert.Equal(CellState.Diverged, cell.State);
        Assert.Equal(2, cell.Diverged);
        Assert.Null(cell.Value);
    }

    [Fact]
    public void Of_OneOfTwoSeedsDiverged_CountsItBesideTheMeanOfTheOther()
    {
        var cell = Of(null, Runs.Diverged(0, 1, 0, firstBad: 3), Runs.Ended(0, 1, 1, (10, 0.9)));

        Assert.Equal(CellState.Measured, cell.State);
        Assert.Equal(1, cell.Diverged);
        Assert.Equal(0.9, cell.Value!.Mean);
        Assert.Equal(1, cell.Value.Count);
    }

    [Fact]
    public void Of_MomentBeforeDivergence_ShowsWhatWasMeasured()
    {
        var run = Runs.Diverged(0, 1, 0, firstBad: 25, (10, 0.7));

        Assert.Equal(0.7, Of(10, run).Value!.Mean);
        Assert.Equal(0, Of(10, run).Diverged);
    }

    [Fact]
    public void Of_MomentAfterDivergence_IsDiverged() =>
        Assert.Equal(CellState.Diverged, Of(30, Runs.Diverged(0, 1, 0, firstBad: 25, (10, 0.7))).State);

    [Fact]
    public void Of_EndOfADivergedRun_IgnoresEarlierEvaluations() =>
        Assert.Equal(CellState.Diverged, Of(null, Runs.Diverged(0, 1, 0, firstBad: 25, (10, 0.7))).State);

    [Fact]
    public void Of_RunUnderWay_IsRunningWithItsShare()
    {
        var cell = Of(null, Runs.Unfinished(0, 1, 0, isRunning: true, progress: 0.5), Runs.Unfinished(0, 1, 1, isRunning: false));

        Assert.Equal(CellState.Running, cell.State);
        Assert.Equal(0.25, cell.Progress);
        Assert.Equal(2, cell.Pending);
    }

    [Fact]
    public void Of_NothingBegun_IsWaiting() => Assert.Equal(CellState.Waiting, Of(null, Runs.Unfinished(0, 1, 0, isRunning: false)).State);

    [Fact]
    public void Of_CutShort_EndsWithoutAValue()
    {
        var cell = Of(null, Runs.Ended(0, 1, 0, (10, 0.7)) with { Outcome = RunOutcome.CutShort });

        Assert.Equal(CellState.Ended, cell.State);
        Assert.Null(cell.Value);
    }

    private static Cell Of(int? iteration, params MeasuredRun[] runs) => Cell.Of(0, 1, runs, Measure.TestAccuracy, iteration);
}
