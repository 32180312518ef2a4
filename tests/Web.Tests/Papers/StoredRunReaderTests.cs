using Stepsize.Training.Optimizers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Papers;
using Xunit;

namespace Stepsize.Web.Tests.Papers;

public class StoredRunReaderTests
{
    private static readonly TableProtocol Airfoil = ProtocolRegistry.Find("d2l-adagrad-airfoil")!;

    [Fact]
    public async Task ReadAsync_SweepOfATable_IsComparedWithIt()
    {
        var store = new FakeSweepStore();
        var sweep = MissingRuns.Of([Airfoil], RunIndex.Empty).Sweeps.Single();
        store.Put(FakeSweep.Of(7, sweep, sweep.RunCount));

        var runs = await new StoredRunReader(store).ReadAsync(TestContext.Current.CancellationToken);

        var cell = TableComparison.Of(Airfoil, runs).Cells[0][0];
        Assert.Equal([7], cell.Sweeps);
        Assert.Equal(3, cell.Ours!.Seeds);
        Assert.Empty(MissingRuns.Of([Airfoil], runs).Sweeps);
    }

    [Fact]
    public async Task ReadAsync_SweepOfAWorkloadWithoutTable_IsNotRead()
    {
        var store = new FakeSweepStore();
        store.Put(FakeSweep.Of(1, PresetRegistry.Find("quickstart")!.Specification, 3));

        await new StoredRunReader(store).ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, store.Finds);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    public async Task ReadAsync_Twice_ReadsOnlySweepsThatMayHaveChangedAgain(int finished, int finds)
    {
        var store = new FakeSweepStore();
        store.Put(FakeSweep.Of(7, MissingRuns.Of([Airfoil], RunIndex.Empty).Sweeps.Single(), finished));
        var reader = new StoredRunReader(store);

        await reader.ReadAsync(TestContext.Current.CancellationToken);
        await reader.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(finds, store.Finds);
    }

    [Fact]
    public void ToStoredRuns_OfASweep_AreTheConfigurationsOfItsGrid()
    {
        var sweep = SpecificationReader.Parse(
            """
            { "name": "two rows", "workload": "quadratic-2d", "seeds": [0, 1], "iterations": 20,
              "optimizers": [{ "id": "sgd-constant", "values": [1, 10] }, { "id": "adagrad-coordinate", "axis": "lr", "values": [0.4] }] }
            """);

        var runs = FakeSweep.Of(3, sweep, 6).ToStoredRuns();

        Assert.Equal(sweep.Expand().Select(c => c.Hash), runs.Select(r => r.Configuration.Hash));
        Assert.Equal(RobustnessAxis.LearningRate, runs[2].Configuration.Axis);
    }
}
