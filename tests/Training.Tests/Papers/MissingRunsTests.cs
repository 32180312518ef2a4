using Stepsize.Training.Execution;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Papers;

public class MissingRunsTests
{
    private static readonly TableProtocol ThreeCells = TestTables.AtTheEnd((1, new(90, 1)), (10, new(80, 1)), (100, new(70, 1)));

    [Fact]
    public void Of_NothingStored_IsOneSweepOfTheWholeTable()
    {
        var plan = MissingRuns.Of([ThreeCells], RunIndex.Empty);

        var sweep = Assert.Single(plan.Sweeps);
        Assert.Equal([1, 10, 100], Assert.Single(sweep.Optimizers).Values);
        Assert.Equal([0, 1, 2], sweep.Seeds);
        Assert.Equal(9, plan.RunCount);
        Assert.Empty(plan.LeftOut);
    }

    [Fact]
    public void Of_SomeStored_IsExactlyTheRestAndNoneTwice()
    {
        var stored = Store([1], [0, 1, 2]).Concat(Store([10], [1])).ToList();

        var plan = MissingRuns.Of([ThreeCells], new RunIndex(stored));

        var wanted = Wanted().Except(stored.Select(r => r.Configuration.Hash)).Order();
        Assert.Equal(wanted, plan.Sweeps.SelectMany(s => s.Expand()).Select(c => c.Hash).Order());
        Assert.Equal([[0, 2], [0, 1, 2]], plan.Sweeps.Select(s => s.Seeds));
    }

    [Fact]
    public void Of_StoredAfterwards_NothingIsMissing()
    {
        var launched = MissingRuns.Of([ThreeCells], RunIndex.Empty).Sweeps.SelectMany(s => StoredRuns.Of(s, (_, _) => new Evaluation(0, TestAccuracy: 0.9)));

        Assert.Empty(MissingRuns.Of([ThreeCells], new RunIndex(launched)).Sweeps);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(RunOutcome.Diverged, 0)]
    [InlineData(RunOutcome.Failed, 9)]
    [InlineData(RunOutcome.CutShort, 9)]
    public void Of_RunsByOutcome_AreMissingWhereTheyCanGiveNoResult(RunOutcome? outcome, int missing)
    {
        var stored = StoredRuns.Of(StoredRuns.Sweep([1, 10, 100], [0, 1, 2], 2), (_, _) => new Evaluation(0), outcome);

        Assert.Equal(missing, MissingRuns.Of([ThreeCells], new RunIndex(stored)).RunCount);
    }

    [Fact]
    public void Of_OtherProtocol_DoesNotCount()
    {
        var stored = StoredRuns.Of(StoredRuns.Sweep([1, 10, 100], [0, 1, 2], 1), (_, _) => new Evaluation(0, TestAccuracy: 0.9));

        Assert.Equal(9, MissingRuns.Of([ThreeCells], new RunIndex(stored)).RunCount);
    }

    [Fact]
    public void Of_StatisticOverEpochs_MeasuresEveryEpochAndAsksAgainWhereThatWasNotDone()
    {
        var protocol = TestTables.OverAxis(TableUnit.Fraction, """{ "kind": "peak-over-axis", "over": "max", "whenDiverged": 0.1 }""", new PublishedCell(1, null));
        var stored = StoredRuns.Of(StoredRuns.Sweep([1, 10, 100], [0, 1, 2], 3, everyEpoch: false), (_, _) => new Evaluation(0, TrainAccuracy: 0.9));

        var plan = MissingRuns.Of([protocol], new RunIndex(stored));

        Assert.Equal(9, plan.RunCount);
        Assert.Equal([1, 2, 3], Assert.Single(plan.Sweeps).EvaluateAtEpochs);
    }

    [Fact]
    public void Of_TablesOfTheSameRuns_LaunchesThemOnce()
    {
        var plan = MissingRuns.Of([ThreeCells, TestTables.AtTheEnd((10, new(80, 1)))], RunIndex.Empty);

        Assert.Equal(9, plan.RunCount);
        Assert.Equal(9, plan.Sweeps.SelectMany(s => s.Expand()).Select(c => c.Hash).Distinct().Count());
    }

    [Fact]
    public void Of_TableThatCannotBeTrained_SaysWhy()
    {
        var plan = MissingRuns.Of([ProtocolRegistry.Find("adaloss-repo-resnet50")!], RunIndex.Empty);

        Assert.Empty(plan.Sweeps);
        Assert.Equal("20 cells: the workload resnet50-swsl-cifar100-finetune is not available here", Assert.Single(plan.LeftOut));
    }

    /// <summary>What a plan launches is read by the same reader as any specification.</summary>
    [Fact]
    public void Of_EveryTable_MakesSpecificationsThatAreAllowed()
    {
        foreach (var sweep in MissingRuns.Of([.. ProtocolRegistry.All], RunIndex.Empty).Sweeps)
        {
            var again = SpecificationReader.Read(SpecificationWriter.ToJson(sweep));
            Assert.Equal(sweep.Expand().Select(c => c.Hash), again.Expand().Select(c => c.Hash));
        }
    }

    private static IEnumerable<StoredRun> Store(double[] values, int[] seeds) =>
        StoredRuns.Of(StoredRuns.Sweep(values, seeds, 2), (_, _) => new Evaluation(0, TestAccuracy: 0.9));

    private static IEnumerable<string> Wanted() =>
        ThreeCells.Templates.SelectMany(r => r).SelectMany(t => ResolvedTemplate.Of(t, out _)!.Expand()).Select(c => c.Hash);
}
