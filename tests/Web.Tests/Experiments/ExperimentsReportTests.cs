using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Web.Reports.Experiments;
using Stepsize.Web.Tests.Commands;
using Stepsize.Web.Views.Papers;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Experiments;

/// <summary>The page of the experiments, from a database that the command line trains.</summary>
public partial class ExperimentsReportTests
{
    [Fact]
    public async Task Report_OfTrainedPresets_HasTheNumbersOfTheirTables()
    {
        using var folder = new TemporaryFolder();
        foreach (var preset in new[] { "quadratic-2d", "airfoil-linear" })
        {
            var trained = await StepsizeProcess.RunAsync(folder, "sweep", "run", preset, "--db", "runs.db", "--threads", "1");
            Assert.True(trained.ExitCode == 0, trained.Error);
        }

        var first = await StepsizeProcess.RunAsync(folder, "papers", "report", "--db", "runs.db", "--out", "one.md");
        var second = await StepsizeProcess.RunAsync(folder, "papers", "report", "--db", "runs.db", "--out", "two.md");

        Assert.True(first.ExitCode == 0 && second.ExitCode == 0, first.Error + second.Error);
        var text = await File.ReadAllTextAsync(Path.Combine(folder.Path, "one.md"), TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "one.md"), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Path.Combine(folder.Path, "two.md"), TestContext.Current.CancellationToken));
        await AssertNumbersAsync(text, Path.Combine(folder.Path, "runs.db"));
        Assert.Matches(@"- `ward-fig4-resnet18`, [^\n]*: \d+ runs of 90 epochs; needs a GPU\.", text);
        Assert.Contains("](images/papers.png)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_WithoutADatabase_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();

        var result = await StepsizeProcess.RunAsync(folder, "papers", "report", "--db", "none.db");

        Assert.Equal(2, result.ExitCode);
        Assert.Matches("there is no database .*none.db; name one that sweeps were trained in", result.Error);
        Assert.False(File.Exists(Path.Combine(folder.Path, "none.db")));
    }

    [Fact]
    public void Write_NothingStored_ListsEveryPresetAndTableAsNotRun()
    {
        StoredExperiment[] none = [.. PresetRegistry.All.Select(p => new StoredExperiment(p, Empty(p), []))];

        var text = ExperimentsReport.Write(none, [.. ProtocolRegistry.All.Select(p => TableComparison.Of(p, RunIndex.Empty))]);

        Assert.All(PresetRegistry.All, p => Assert.Contains($"- `{p.Id}`, {p.Title}: ", text, StringComparison.Ordinal));
        Assert.DoesNotContain("*Run:*", text, StringComparison.Ordinal);
        Assert.DoesNotContain("*Reading.*", text, StringComparison.Ordinal);
        Assert.All(PaperRegistry.Papers, p => Assert.Contains($"\n## {p.Citation}\n", text, StringComparison.Ordinal));
    }

    /// <summary>A reading under a name that nothing has would never be shown.</summary>
    [Fact]
    public void Ids_OfReadings_AreThoseOfPresetsTablesAndPapers()
    {
        string[] known = [ReadingLibrary.Introduction, .. PresetRegistry.All.Select(p => p.Id), .. PaperRegistry.Tables.Select(t => t.Id), .. PaperRegistry.Papers.Select(p => p.Id)];

        Assert.NotEmpty(ReadingLibrary.Ids);
        Assert.Empty(ReadingLibrary.Ids.Except(known));
    }

    [Fact]
    public void Source_OfEveryPreset_BeginsWithAPaper() =>
        Assert.All(PresetRegistry.All, p => Assert.NotNull(ExperimentsReport.PaperOf(new StoredExperiment(p, Empty(p), []))));

    /// <summary>Each cell of the heatmap and of the published tables, from the database by the pages' own way.</summary>
    private static async Task AssertNumbersAsync(string text, string database)
    {
        await using var services = new ServiceCollection().AddStepsizeData(DatabaseOptions.Parse(database)).AddSingleton<StoredRunReader>().BuildServiceProvider();
        var store = services.GetRequiredService<ISweepStore>();
        var sweeps = await store.ListAsync(TestContext.Current.CancellationToken);
        var airfoil = (await store.FindAsync(sweeps.Single(s => s.Workload == "airfoil-linear").Id, TestContext.Current.CancellationToken))!;
        var view = SweepView.Of(airfoil, null, null);
        var section = SectionOf(text, PresetRegistry.Find("airfoil-linear")!.Title);
        foreach (var grid in view.Grids)
        {
            foreach (var (column, value) in grid.Columns.Index())
            {
                var row = Cells(section, NumberText.Axis(value));
                foreach (var (r, cell) in grid.Rows.Select(r => r.Cells[column]).Index())
                {
                    var expected = cell.Value is { } v ? NumberText.Of(view.Measure, v.Mean) : cell.Exploded == cell.Seeds.Count ? "exploded" : "diverged";
                    Assert.StartsWith(expected, row[r + 1], StringComparison.Ordinal);
                }
            }
        }

        Assert.Contains($"*Run:* {airfoil.Runs.Count} of {airfoil.Runs.Count} runs", section, StringComparison.Ordinal);
        var runs = await services.GetRequiredService<StoredRunReader>().ReadAsync(TestContext.Current.CancellationToken);
        var table = TableComparison.Of(ProtocolRegistry.Find("d2l-adagrad-2d")!, runs);
        var published = SectionOf(text, $"{table.Table.Label}: {table.Table.Title}");
        foreach (var (r, label) in table.Table.Rows.Index())
        {
            var row = Cells(published, label);
            Assert.Equal(
                table.Cells[r].Select(c => $"{PaperNumber.Published(table.Protocol, c.Published)}; here {PaperNumber.Ours(table.Protocol, c.Ours!.Value)}, *agrees*"),
                row.Skip(1));
        }
    }

    private static string SectionOf(string text, string heading)
    {
        var start = text.IndexOf($"### {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"There is no section \"{heading}\".");
        var end = NextHeading().Match(text, start + 4);
        return end.Success ? text[start..end.Index] : text[start..];
    }

    private static string[] Cells(string section, string label) =>
        [.. section.Split('\n').First(l => l.StartsWith($"| {label} |", StringComparison.Ordinal)).Trim('|').Split('|').Select(c => c.Trim())];

    private static SweepDetail Empty(Preset preset) => new()
    {
        Summary = new SweepSummary
        {
            Id = 0, Name = preset.Title, Workload = preset.Specification.Workload.Id, Status = SweepStatus.Completed, Runs = 0, RunsFinished = 0, RunsDiverged = 0, RunsFailed = 0,
            Progress = 0, CreatedAt = DateTimeOffset.UnixEpoch,
        },
        Specification = preset.Specification,
        Runs = [],
    };

    [GeneratedRegex("^##+ ", RegexOptions.Multiline)]
    private static partial Regex NextHeading();
}
