using Stepsize.Training.Analysis;
using Stepsize.Training.Comparison;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Comparison;

public class DifferenceGridTests
{
    private static readonly double[] One = [1];

    [Fact]
    public void Build_ThreeCommonSeeds_IsThePairedIntervalOfStudent()
    {
        var cell = Single(
            Compared.Track(1, One, (1, 0, 0.90), (1, 1, 0.92), (1, 2, 0.97)),
            Compared.Track(2, One, (1, 0, 0.88), (1, 1, 0.91), (1, 2, 0.93)));

        // Differences .02, .01, .04: mean .0233…, s = .0152753, t(0.975, 2) = 4.302653, so ± 4.302653 · .0152753/√3.
        Assert.Equal(DifferenceState.Measured, cell.State);
        Assert.Equal(3, cell.Value!.Count);
        Assert.Equal(0.07 / 3, cell.Value.Mean, 1e-12);
        Assert.Equal(0.0379458, cell.Value.HalfWidth, 1e-7);
        Assert.False(cell.IsClear);
    }

    [Fact]
    public void Build_SeedsOfOneSideOnly_AreLeftOutOfThePairs()
    {
        var cell = Single(Compared.Track(1, One, (1, 0, 0.9), (1, 1, 0.5)), Compared.Track(2, One, (1, 0, 0.8), (1, 5, 0.1)));

        Assert.Equal([0], cell.Pairs.Select(p => p.Seed));
        Assert.Equal(0.1, cell.Value!.Mean, 1e-12);
        Assert.Equal(1, cell.CommonSeeds);
    }

    [Fact]
    public void Build_OneCommonSeed_HasNoInterval()
    {
        var cell = Single(Compared.Track(1, One, (1, 0, 0.9)), Compared.Track(2, One, (1, 0, 0.8)));

        Assert.True(double.IsNaN(cell.Value!.HalfWidth));
        Assert.Null(cell.IsClear);
    }

    [Fact]
    public void Build_NoCommonSeed_SaysSo() =>
        Assert.Equal(DifferenceState.NoCommonSeed, Single(Compared.Track(1, One, (1, 0, 0.9)), Compared.Track(2, One, (1, 1, 0.8))).State);

    [Theory]
    [InlineData(double.NaN, 0.8, DifferenceState.OnlyADiverged)]
    [InlineData(0.9, double.NaN, DifferenceState.OnlyBDiverged)]
    [InlineData(double.NaN, double.NaN, DifferenceState.BothDiverged)]
    public void Build_DivergedSeed_IsSaidAndNotSubtracted(double a, double b, DifferenceState expected)
    {
        var cell = Single(Compared.Track(1, One, (1, 0, a)), Compared.Track(2, One, (1, 0, b)));

        Assert.Equal(expected, cell.State);
        Assert.Equal(1, cell.Diverged);
        Assert.Null(cell.Value);
    }

    [Fact]
    public void Build_SomeSeedsDiverged_AreCountedBesideTheDifferenceOfTheOthers()
    {
        var cell = Single(
            Compared.Track(1, One, (1, 0, 0.9), (1, 1, double.NaN), (1, 2, double.NaN), (1, 3, 0.6)),
            Compared.Track(2, One, (1, 0, 0.8), (1, 1, double.NaN), (1, 2, 0.7), (1, 3, double.NaN)));

        Assert.Equal((1, 1, 1), (cell.OnlyADiverged, cell.OnlyBDiverged, cell.BothDiverged));
        Assert.Equal(1, cell.Value!.Count);
    }

    [Fact]
    public void Build_ValuesOfOneSideOnly_AreMissingCells()
    {
        var grid = Assert.Single(Build(Compared.Track(1, [0.1, 1], (0.1, 0, 0.7), (1, 0, 0.9)), Compared.Track(2, [1, 10], (1, 0, 0.8), (10, 0, 0.7))));

        Assert.Equal([0.1, 1, 10], grid.Columns);
        Assert.Equal([DifferenceState.Missing, DifferenceState.Measured, DifferenceState.Missing], grid.Rows[0].Cells.Select(c => c.State));
        Assert.Equal(0.1, grid.Extent()!.High, 1e-12);
    }

    [Fact]
    public void Build_ValuesThatDifferInTheLastBits_AreOneColumn()
    {
        var almost = Math.BitIncrement(0.1);
        var grid = Assert.Single(Build(Compared.Track(1, [0.1], (0.1, 0, 0.7)), Compared.Track(2, [almost], (almost, 0, 0.5))));

        Assert.Equal(DifferenceState.Measured, Assert.Single(grid.Rows[0].Cells).State);
    }

    [Fact]
    public void Build_LossesInDecades_SubtractsLogarithms()
    {
        // Losses 0.1 and 0.001.
        var pair = new TrackPair(Compared.Track(1, One, (1, 0, 0.9)), Compared.Track(2, One, (1, 0, 0.999)));

        var cell = DifferenceGrid.Build([pair], Measure.TrainLoss, RunStatistic.Final, DifferenceScale.Decades)[0].Rows[0].Cells[0];

        Assert.Equal(2, cell.Value!.Mean, 1e-9);
    }

    [Fact]
    public void Overall_OfARow_AveragesEachSeedOverTheCompleteCells()
    {
        var row = Build(
            Compared.Track(1, [1, 10, 100], (1, 0, 0.9), (1, 1, 0.8), (10, 0, 0.7), (10, 1, 0.7), (100, 0, 0.5)),
            Compared.Track(2, [1, 10, 100], (1, 0, 0.8), (1, 1, 0.8), (10, 0, 0.6), (10, 1, 0.6), (100, 0, 0.1)))[0].Rows[0];

        // Seed 0: (.1 + .1)/2, seed 1: (0 + .1)/2; the third cell lacks seed 1.
        Assert.Equal(2, row.Complete.Count);
        Assert.Equal(0.075, row.Overall!.Mean, 1e-12);
        Assert.Equal(2, row.Overall.Count);
        // s = .0353553, t(0.975, 1) = 12.706205.
        Assert.Equal(12.706205 * 0.0353553391 / Math.Sqrt(2), row.Overall.HalfWidth, 1e-6);
    }

    private static IReadOnlyList<DifferenceGrid> Build(ComparedTrack a, ComparedTrack b) =>
        DifferenceGrid.Build([new TrackPair(a, b)], Measure.TestAccuracy, RunStatistic.Final, DifferenceScale.Plain);

    private static DifferenceCell Single(ComparedTrack a, ComparedTrack b) => Assert.Single(Assert.Single(Assert.Single(Build(a, b)).Rows).Cells);
}
