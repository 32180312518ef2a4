using Stepsize.Training.Execution;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Papers;

public class RunRemarksTests
{
    private static readonly PublishedCell Ninety = new(90, 0.5);

    [Fact]
    public void Of_OneEngineAndData_SaysNothing() => Assert.Empty(Compare(Made(CpuExecutor.Engine), Made(CpuExecutor.Engine)).Remarks);

    [Fact]
    public void Of_AnEarlierEngine_SaysSo() =>
        Assert.Equal([$"made by an earlier engine: cpu 1 (this program's is {CpuExecutor.Engine})"], Compare(Made("cpu 1"), Made("cpu 1")).Remarks);

    [Fact]
    public void Of_MixedEngines_NamesThem() => Assert.Equal(
        [$"runs of different engines are mixed: cpu 1, {CpuExecutor.Engine}", $"1 of 2 runs made by an earlier engine: cpu 1 (this program's is {CpuExecutor.Engine})"],
        Compare(Made("cpu 1"), Made(CpuExecutor.Engine)).Remarks);

    [Fact]
    public void Of_RunsOfTheEarlierRule_SaysSo() => Assert.Equal(
        ["1 of 2 runs stored by an earlier version, the outcome judged anew from the losses that it kept"],
        Compare(Made(CpuExecutor.Engine) with { RoundingFloors = null }, Made(CpuExecutor.Engine)).Remarks);

    [Fact]
    public void Of_MixedData_NamesTheFile() => Assert.Equal(
        ["runs on different data are mixed: 2 versions of mnist"], Compare(Made(CpuExecutor.Engine, "a"), Made(CpuExecutor.Engine, "b")).Remarks);

    /// <summary>Such runs are there in old databases.</summary>
    [Fact]
    public void Of_RunsThatDoNotSay_SaysNothing() => Assert.Empty(Compare(null, null).Remarks);

    [Theory]
    [InlineData("cpu 2", "cpu 3", true)]
    [InlineData("cpu 3", "cpu 3", false)]
    [InlineData("cpu 10", "cpu 9", false)]
    [InlineData("cpu 0.1.0", "cpu 3", true)]
    [InlineData("torch 2.9", "torch 2.10", true)]
    [InlineData("torch 2.10", "cpu 3", false)]
    [InlineData("unknown", "cpu 3", false)]
    public void IsEarlier_Engines_ComparesThoseOfOneKindByVersion(string engine, string current, bool earlier) =>
        Assert.Equal(earlier, EngineVersion.IsEarlier(engine, current));

    private static RunProvenance Made(string engine, string data = "a") => new(engine, "CPU", new Dictionary<string, string> { ["mnist"] = data }, "w", new Dictionary<string, double>());

    private static CellComparison Compare(params RunProvenance?[] bySeed)
    {
        var runs = StoredRuns.Of(StoredRuns.Sweep([1], [.. Enumerable.Range(0, bySeed.Length)], 2, everyEpoch: false), (_, _) => new Evaluation(0, TestAccuracy: 0.9))
            .Select(r => r with { Provenance = bySeed[r.Configuration.Seed] });
        return TableComparison.Of(TestTables.AtTheEnd((1, Ninety)), new RunIndex(runs)).Cells[0][0];
    }
}
