using Stepsize.Data.Sweeps;
using Stepsize.Web.Api.Tables;
using Stepsize.Web.Figures.Exhibits;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Sweeps;
using Xunit;

namespace Stepsize.Web.Tests.Figures;

/// <summary>What a table mixes is said of it wherever it goes.</summary>
public sealed class MixedProvenanceTests
{
    private const string Expected = "data (mine.csv aaaaaaaa, mine.csv cccccccc)";

    private static readonly SweepView Mixed = Specifications.View(Mix(FakeSweep.Of(1, Specifications.Small, finished: 12)));

    [Fact]
    public void View_RunsOfTwoTables_SaysSoAndOfOneNothing()
    {
        Assert.Equal(Expected, Mixed.Mixed);
        Assert.Null(Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 12)).Mixed);
    }

    [Fact]
    public void Exports_RunsOfTwoTables_SayItInEveryFormat()
    {
        foreach (var exhibit in new[] { HeatmapExhibit.Of(Mixed, Mixed.Grids[0], null), RobustnessExhibit.Of(Mixed, Mixed.Grids[0], null), SummaryExhibit.Of(Mixed) })
        {
            // A drawing breaks its caption into lines.
            Assert.Contains("Mixed", exhibit.Svg, StringComparison.Ordinal);
            Assert.Contains("cccccccc", exhibit.Svg, StringComparison.Ordinal);
            Assert.Contains("Mixed provenance: different data (mine.csv aaaaaaaa", LatexText.Of(exhibit.Shown), StringComparison.Ordinal);
            var lines = CsvText.Of(exhibit.Data).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.EndsWith("mixedProvenance", lines[0], StringComparison.Ordinal);
            Assert.All(lines[1..], line => Assert.EndsWith($"\"{Expected}\"", line, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Exports_RunsOfOneTable_HaveNoSuchColumn() => Assert.DoesNotContain(
        "mixedProvenance", CsvText.Of(SummaryExhibit.Of(Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 12))).Data), StringComparison.Ordinal);

    [Fact]
    public void Api_RunsOfTwoTables_SaysIt()
    {
        Assert.Equal(Expected, HeatmapAnswer.Of(Mixed).MixedProvenance);
        Assert.Equal(Expected, RobustnessAnswer.Of(Mixed).MixedProvenance);
    }

    private static SweepDetail Mix(SweepDetail detail) => detail with
    {
        Runs = [.. detail.Runs.Select((run, i) => run with { Provenance = run.Provenance! with { DataChecksums = Data(i < 6 ? 'a' : 'c') } })],
    };

    private static Dictionary<string, string> Data(char digit) => new(StringComparer.Ordinal) { ["mine.csv"] = new(digit, 64) };
}
