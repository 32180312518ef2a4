using Stepsize.Training.Analysis;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Analysis;

public class HeatmapGridTests
{
    [Fact]
    public void Build_RowsWithDifferentValues_HasTheirUnionAsColumnsAndMissingCells()
    {
        var grid = Assert.Single(Build([RobustnessAxis.B0, RobustnessAxis.B0], [[1, 0.1], [10, 1]]));

        Assert.Equal([0.1, 1, 10], grid.Columns);
        Assert.Equal([CellState.Waiting, CellState.Waiting, CellState.Missing], grid.Rows[0].Cells.Select(c => c.State));
        Assert.Equal([CellState.Missing, CellState.Waiting, CellState.Waiting], grid.Rows[1].Cells.Select(c => c.State));
    }

    [Fact]
    public void Build_BothAxes_GivesAGridEachAndKeepsRowNumbers()
    {
        var grids = Build([RobustnessAxis.LearningRate, RobustnessAxis.B0], [[0.1], [1]]);

        Assert.Equal([RobustnessAxis.B0, RobustnessAxis.LearningRate], grids.Select(g => g.Axis));
        Assert.Equal([1, 0], grids.Select(g => Assert.Single(g.Rows).Row));
    }

    [Fact]
    public void Scores_UnfinishedRuns_AreLeftOut()
    {
        var grid = Assert.Single(HeatmapGrid.Build(
            [RobustnessAxis.B0], [[1, 10, 100]],
            [Runs.Ended(0, 1, 0, (10, 0.9)), Runs.Diverged(0, 10, 0, firstBad: 2), Runs.Unfinished(0, 100, 0, isRunning: true)],
            Measure.TestAccuracy, iteration: null));

        Assert.Equal([(1, false), (10, true)], grid.Scores().Select(s => (s.AxisValue, s.Diverged)));
    }

    [Fact]
    public void Range_NothingMeasured_IsNull() => Assert.Null(Assert.Single(Build([RobustnessAxis.B0], [[1]])).Range());

    [Fact]
    public void Build_UnfinishedSeeds_ShowTheLatestEvaluationThatAllOfThemHaveMade()
    {
        var grid = Assert.Single(HeatmapGrid.Build(
            [RobustnessAxis.B0], [[1, 10]],
            [
                Runs.Ended(0, 1, 0, (10, 0.5), (20, 0.7), (30, 0.8)) with { Outcome = null, IsRunning = true },
                Runs.Ended(0, 1, 1, (10, 0.6), (20, 0.9)) with { Outcome = null, IsRunning = true },
                Runs.Unfinished(0, 1, 2, isRunning: false),
                Runs.Unfinished(0, 10, 0, isRunning: true),
            ],
            Measure.TestAccuracy, iteration: null));

        var interim = grid.Rows[0].Cells[0].Interim!;
        Assert.Equal((20, 2.0, 2), (interim.Point.Iteration, interim.Point.Epoch, interim.Count));
        Assert.Equal(0.8, interim.Mean, 1e-12);
        Assert.Equal(CellState.Running, grid.Rows[0].Cells[0].State);
        Assert.Null(grid.Rows[0].Cells[1].Interim);
        Assert.Empty(grid.Scores());
        Assert.Equal(0.8, grid.Range()!.High, 1e-12);
    }

    [Fact]
    public void Range_FinishedAndUnfinishedCells_IsOfTheFinishedAlone()
    {
        var grid = Assert.Single(HeatmapGrid.Build(
            [RobustnessAxis.B0], [[1, 10]],
            [Runs.Ended(0, 1, 0, (10, 0.9)), Runs.Ended(0, 10, 0, (10, 0.1)) with { Outcome = null, IsRunning = true }],
            Measure.TestAccuracy, iteration: null));

        Assert.Equal((0.9, 0.9), (grid.Range()!.Low, grid.Range()!.High));
    }

    private static IReadOnlyList<HeatmapGrid> Build(RobustnessAxis[] axes, double[][] values) => HeatmapGrid.Build(
        axes, values, values.SelectMany((row, index) => row.Select(v => Runs.Unfinished(index, v, 0, isRunning: false))), Measure.TestAccuracy, iteration: null);
}
