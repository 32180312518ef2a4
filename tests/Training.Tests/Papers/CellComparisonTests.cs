using System.Text.Json.Nodes;
using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Papers;

public class CellComparisonTests
{
    private static readonly PublishedCell Ninety = new(90, 0.5);

    [Fact]
    public void Of_NothingStored_SaysThatRunsAreMissing()
    {
        var cell = Compare(TestTables.AtTheEnd((1, Ninety)), []);

        Assert.Equal((Verdict.NotRun, "runs are missing"), (cell.Verdict, cell.Reason));
        Assert.Null(cell.Ours);
        Assert.Null(cell.Difference);
    }

    [Fact]
    public void Of_SameProtocolWithinTheInterval_Agrees()
    {
        var cell = Compare(TestTables.AtTheEnd((1, Ninety)), Store(Sweep([1], [0, 1, 2]), Accuracies(0.903, 0.898, 0.905)));

        Assert.Equal(Verdict.Agrees, cell.Verdict);
        Assert.Equal(90.2, cell.Ours!.Value, 1e-9);
        Assert.Equal(0.2, cell.Difference!.Value, 1e-9);
        Assert.Equal(100 * SeedStatistics.Of([0.903, 0.898, 0.905]).HalfWidth, cell.Ours.HalfWidth!.Value, 1e-9);
        Assert.Equal(IntervalBasis.BothSpreads, cell.Interval!.Basis);
        Assert.Empty(cell.Differences);
        Assert.Single(cell.Sweeps);
    }

    [Fact]
    public void Of_SameProtocolFarOff_Differs() =>
        Assert.Equal(Verdict.Differs, Compare(TestTables.AtTheEnd((1, Ninety)), Store(Sweep([1], [0, 1, 2]), Accuracies(0.80, 0.801, 0.802))).Verdict);

    [Fact]
    public void Of_FewerSeeds_IsComparedAndSaid()
    {
        var cell = Compare(TestTables.AtTheEnd((1, Ninety)), Store(Sweep([1], [0]), Accuracies(0.903)));

        Assert.Equal((Verdict.Agrees, IntervalBasis.PublishedSpread), (cell.Verdict, cell.Interval!.Basis));
        Assert.Equal("runs: 3 published, 1 here", Assert.Single(cell.Differences).ToString());
    }

    [Fact]
    public void Of_OneSeedAndNoPublishedSpread_IsNotComparable()
    {
        var cell = Compare(TestTables.AtTheEnd((1, new PublishedCell(90, null))), Store(Sweep([1], [0]), Accuracies(0.90)));

        Assert.Equal(Verdict.NotComparable, cell.Verdict);
        Assert.Contains("two or more seeds", cell.Reason, StringComparison.Ordinal);
        Assert.Equal(0, cell.Difference!.Value, 1e-9);
    }

    [Theory]
    [InlineData("epochs", "5", "length: 2 epochs published, 5 epochs here")]
    [InlineData("batchSize", "128", "batch size: 256 published, 128 here")]
    [InlineData("workloadOptions", "{ \"trainLimit\": 1000 }", "training examples: 60,000 published, 1,000 here")]
    [InlineData("optimizers", "[{ \"id\": \"sgd-constant\", \"values\": [1], \"options\": { \"eta\": 2 } }]", "SGD constant's eta: 1 published, 2 here")]
    public void Of_OtherProtocol_IsNotComparableAndNamesTheDifference(string field, string value, string difference)
    {
        var sweep = StoredRuns.Sweep([1], [0, 1, 2], 2, everyEpoch: false, change: json => json[field] = JsonNode.Parse(value));

        var cell = Compare(TestTables.AtTheEnd((1, Ninety)), Store(sweep, Accuracies(0.9, 0.9, 0.9)));

        Assert.Equal(Verdict.NotComparable, cell.Verdict);
        Assert.Contains(difference, cell.Differences.Select(d => d.ToString()));
        Assert.StartsWith("protocol differs in ", cell.Reason, StringComparison.Ordinal);
        Assert.Equal(90, cell.Ours!.Value, 1e-9);
    }

    [Fact]
    public void Of_LongerRunMeasuredThere_IsReadOffAtThePublishedLength()
    {
        var cell = Compare(
            TestTables.AtTheEnd((1, Ninety)),
            Store(StoredRuns.Sweep([1], [0, 1, 2], 5), (_, epoch) => new Evaluation(0, TestAccuracy: epoch == 2 ? 0.9 : 0.99)));

        Assert.Equal(Verdict.Agrees, cell.Verdict);
        Assert.Equal(90, cell.Ours!.Value, 1e-9);
        Assert.Empty(cell.Differences);
    }

    [Fact]
    public void Of_SeedsOfSeveralSweeps_AreTakenTogetherAndTheNewestOfEquals()
    {
        var cell = Compare(
            TestTables.AtTheEnd((1, Ninety)),
            [
                .. Store(Sweep([1], [0, 1]), Accuracies(0.5, 0.90)),
                .. Store(Sweep([1], [0, 2]), Accuracies(0.89, 0, 0.91)),
            ]);

        Assert.Equal((90.0, 3), (cell.Ours!.Value, cell.Ours.Seeds));
        Assert.Equal(2, cell.Sweeps.Count);
    }

    [Fact]
    public void Of_ExactRunsBesideOthers_TakesTheExactOnes()
    {
        var cell = Compare(
            TestTables.AtTheEnd((1, Ninety)),
            [.. Store(StoredRuns.Sweep([1], [0, 1, 2, 3, 4], 1), Accuracies(0.5, 0.5, 0.5, 0.5, 0.5)), .. Store(Sweep([1], [0, 1]), Accuracies(0.9, 0.91))]);

        Assert.Equal(90.5, cell.Ours!.Value, 1e-9);
        Assert.Equal(Verdict.Agrees, cell.Verdict);
    }

    [Fact]
    public void Of_RunsThatWait_IsNotRunAndSaysSo()
    {
        var cell = Compare(TestTables.AtTheEnd((1, Ninety)), StoredRuns.Of(Sweep([1], [0, 1]), (_, _) => new Evaluation(0), _ => null));

        Assert.Equal((Verdict.NotRun, "2 of 3 runs wait or train"), (cell.Verdict, cell.Reason));
    }

    [Theory]
    [InlineData(RunOutcome.Failed)]
    [InlineData(RunOutcome.CutShort)]
    public void Of_RunsWithoutAResult_AreNotCounted(RunOutcome outcome) => Assert.Equal(
        Verdict.NotRun, Compare(TestTables.AtTheEnd((1, Ninety)), StoredRuns.Of(Sweep([1], [0]), (_, _) => new Evaluation(0, TestAccuracy: 0.9), outcome)).Verdict);

    [Theory]
    [InlineData(false, false, Verdict.Agrees)]
    [InlineData(true, true, Verdict.Agrees)]
    [InlineData(true, false, Verdict.Differs)]
    [InlineData(false, true, Verdict.Differs)]
    public void Of_DivergedHereOrThere_AgreesWhereBothDid(bool published, bool here, Verdict verdict)
    {
        var runs = StoredRuns.Of(
            Sweep([1], [0, 1, 2]),
            (c, _) => new Evaluation(0, TestAccuracy: here && c.Seed == 1 ? double.NaN : 0.9 + (c.Seed * 0.001)),
            c => here && c.Seed == 1 ? RunOutcome.Diverged : RunOutcome.Finished);

        var cell = Compare(TestTables.AtTheEnd((1, published ? PublishedCell.Empty : Ninety)), runs);

        Assert.Equal(verdict, cell.Verdict);
        Assert.Equal(here ? 1 : 0, cell.Ours!.Diverged);
    }

    /// <summary>An exploded run measured finite numbers to its end; what it measured before a longer run exploded is a result.</summary>
    [Theory]
    [InlineData(2, Verdict.Differs, 1)]
    [InlineData(5, Verdict.Agrees, 0)]
    public void Of_ExplodedRun_CountsAsDivergedAtItsEnd(int epochs, Verdict verdict, int diverged)
    {
        var runs = StoredRuns.Of(
            StoredRuns.Sweep([1], [0, 1, 2], epochs),
            (c, _) => new Evaluation(0, TestAccuracy: 0.9 + (c.Seed * 0.001)),
            c => c.Seed == 1 ? RunOutcome.Exploded : RunOutcome.Finished);

        var cell = Compare(TestTables.AtTheEnd((1, Ninety)), runs);

        Assert.Equal((verdict, diverged), (cell.Verdict, cell.Ours!.Diverged));
        Assert.Equal(diverged > 0, cell.Reason == "1 of 3 runs diverged or exploded, the paper's did not");
    }

    [Fact]
    public void Of_NoPublishedSpread_SaysWhoseSpreadItIs()
    {
        var cell = Compare(TestTables.AtTheEnd((1, new PublishedCell(90, null))), Store(Sweep([1], [0, 1, 2]), Accuracies(0.903, 0.898, 0.905)));

        Assert.Equal(IntervalBasis.OurSpread, cell.Interval!.Basis);
        Assert.Equal("by the 95% interval of the difference, from the spread of 3 runs here; the paper prints none, and the paper's 3 runs are taken to vary as ours do", cell.Reason);
        Assert.Equal((4.302653 * cell.Ours!.StandardDeviation!.Value * Math.Sqrt((1 / 3.0) + (1 / 3.0))) + 0.005, cell.Interval.HalfWidth, 1e-6);
    }

    [Fact]
    public void Of_EqualSeeds_HasTheRoundingAlone()
    {
        var cell = Compare(TestTables.AtTheEnd((1, new PublishedCell(90.1, null))), Store(Sweep([1], [0, 1, 2]), Accuracies(0.901, 0.901, 0.901)));

        Assert.Equal((Verdict.Agrees, 0.005, 0.0), (cell.Verdict, cell.Interval!.HalfWidth, cell.Ours!.HalfWidth!.Value));
    }

    [Fact]
    public void Of_StatisticOverTheAxis_IsJudgedByResampling()
    {
        var protocol = TestTables.OverAxis(TableUnit.Percent, """{ "kind": "peak-over-axis", "over": "mean", "whenDiverged": 0.1 }""", new PublishedCell(70, null), runs: 25);

        var cell = Compare(protocol, Store(StoredRuns.Sweep([1, 10, 100], [0, 1, 2], 3), (c, _) => new Evaluation(0, TrainAccuracy: 0.7 + (0.01 * c.Seed))));

        Assert.Equal(IntervalBasis.Resampled, cell.Interval!.Basis);
        Assert.Equal("by the 95% interval of the difference, from 3 runs here, drawn again whole (bootstrap), as many as here and as many as the paper's 25 runs", cell.Reason);
        Assert.Equal(71, cell.Ours!.Value, 1e-9);

        // All axis values move together, so the error is that of a median of three values that are 1 apart: 1.16 · 1/√3 for normal ones.
        Assert.InRange(cell.Ours.HalfWidth!.Value / 4.302653, 0.5, 0.8);
        Assert.InRange(cell.Interval.HalfWidth, cell.Ours.HalfWidth.Value, 1.5 * cell.Ours.HalfWidth.Value);
    }

    [Fact]
    public void Of_StatisticOverTheAxisWithAValueMissing_IsNotComparable()
    {
        var protocol = TestTables.OverAxis(TableUnit.Fraction, """{ "kind": "peak-over-axis", "over": "mean", "whenDiverged": 0.1 }""", new PublishedCell(0.7, null));

        var cell = Compare(protocol, Store(StoredRuns.Sweep([1, 10], [0, 1, 2], 3), (_, _) => new Evaluation(0, TrainAccuracy: 0.7)));

        Assert.Equal(Verdict.NotComparable, cell.Verdict);
        Assert.Contains("values of the axis: 1, 10, 100 published, 1, 10 here", cell.Differences.Select(d => d.ToString()));
    }

    [Fact]
    public void Of_StatisticOverEpochsMeasuredAtTheEndAlone_IsNotComparable()
    {
        var protocol = TestTables.OverAxis(TableUnit.Fraction, """{ "kind": "peak-over-axis", "over": "mean", "whenDiverged": 0.1 }""", new PublishedCell(0.7, null));

        var cell = Compare(protocol, Store(StoredRuns.Sweep([1, 10, 100], [0, 1, 2], 3, everyEpoch: false), (_, _) => new Evaluation(0, TrainAccuracy: 0.7)));

        Assert.Equal(Verdict.NotComparable, cell.Verdict);
        Assert.Contains("epochs measured: every one published, 1 here", cell.Differences.Select(d => d.ToString()));
    }

    [Fact]
    public void Of_WorkloadThatIsNotThere_NamesIt()
    {
        var protocol = ProtocolRegistry.Find("adaloss-repo-resnet50")!;

        var cell = TableComparison.Of(protocol, RunIndex.Empty).Cells[0][0];

        Assert.Equal((Verdict.NotRun, "the workload resnet50-swsl-cifar100-finetune is not available here"), (cell.Verdict, cell.Reason));
    }

    private static SweepSpecification Sweep(double[] values, int[] seeds) => StoredRuns.Sweep(values, seeds, 2, everyEpoch: false);

    /// <summary>Test accuracy by seed, the same at every epoch.</summary>
    private static Func<RunConfiguration, int, Evaluation> Accuracies(params double[] bySeed) => (c, _) => new Evaluation(0, TestAccuracy: bySeed[c.Seed]);

    private static IReadOnlyList<StoredRun> Store(SweepSpecification sweep, Func<RunConfiguration, int, Evaluation> measure) => StoredRuns.Of(sweep, measure);

    private static CellComparison Compare(TableProtocol protocol, IReadOnlyList<StoredRun> runs) =>
        TableComparison.Of(protocol, new RunIndex(runs)).Cells[0][0];
}
