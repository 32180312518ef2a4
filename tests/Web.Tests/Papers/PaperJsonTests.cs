using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Web.Api.Papers;
using Xunit;

namespace Stepsize.Web.Tests.Papers;

public class PaperJsonTests
{
    [Fact]
    public void Of_WithoutRuns_HoldsEveryPaperTableAndCell()
    {
        var json = PaperJson.Of(null);
        var tables = json["tables"]!.AsArray();

        Assert.Equal(5, json["papers"]!.AsArray().Count);
        Assert.Equal(15, tables.Count);
        Assert.Equal(289, tables.Sum(t => t!["cells"]!.AsArray().Sum(r => r!.AsArray().Count)));
        Assert.All(tables, t => Assert.False(t!.AsObject().ContainsKey("comparison")));
    }

    [Fact]
    public void Of_Cells_AreWhatTheTablesPrint()
    {
        var table = PaperJson.Of(null)["tables"]!.AsArray().Single(t => (string)t!["id"]! == "adaloss-table-1")!;

        Assert.Equal("""{"mean":90.65,"std":0.09}""", table["cells"]![0]![0]!.ToJsonString());
        Assert.Null(table["cells"]![0]![2]);
        Assert.Equal("diverged", (string)table["nullMeans"]!);
    }

    [Fact]
    public void Of_WithRuns_HasAComparisonForEveryCell()
    {
        var comparisons = ProtocolRegistry.All.Select(p => TableComparison.Of(p, RunIndex.Empty)).ToList();

        var tables = PaperJson.Of(comparisons)["tables"]!.AsArray();

        Assert.All(tables, t => Assert.Equal(
            t!["cells"]!.AsArray().Select(r => r!.AsArray().Count), t["comparison"]!.AsArray().Select(r => r!.AsArray().Count)));
        Assert.All(tables.SelectMany(t => t!["comparison"]!.AsArray()).SelectMany(r => r!.AsArray()), c => Assert.Equal("not run", (string)c!["verdict"]!));
        Assert.Equal(PaperRegistry.Tables.Select(t => t.Id), tables.Select(t => (string)t!["id"]!));
    }
}
