using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Stepsize.Data.Reports;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;
using Stepsize.Web.Api.Tables;
using Stepsize.Web.Commands.Sweeps;
using Stepsize.Web.Figures.Exhibits;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Reports;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Sweeps;
using Xunit;

namespace Stepsize.Web.Tests.Figures;

/// <summary>A sweep with finished, diverged, exploded, cut-short and failed runs reads the same wherever it is read.</summary>
public sealed class SameNumbersTests : IAsyncLifetime
{
    private FakeDashboard _dashboard = null!;
    private SweepDetail _sweep = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SweepView View => Specifications.View(_sweep);

    public async ValueTask InitializeAsync()
    {
        _dashboard = await FakeDashboard.StartAsync();
        var sweep = FakeSweep.Of(1, Specifications.Small, finished: 12);
        _sweep = sweep with { Runs = [.. sweep.Runs.Select(Lost)] };
        _dashboard.Store.Put(_sweep);
    }

    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    [Fact]
    public void Statistics_OfTheView_AreThoseByHand()
    {
        // SGD: guessing at 0.01, (.879 + .881)/2 at 1, (.519 + guessing)/2 at 100. AdaGrad-Norm: guessing, (.954 + .956)/2, no result. Steps of two decades.
        var (sgd, norm) = (View.Summaries[0], View.Summaries[1]);

        Assert.Equal([0.1, 0.88, 0.3095], sgd.Cells.Select(c => Math.Round(c.Score, 12)));
        Assert.Equal((0.4298, 0.3095, 0.1, 0.5424), (Math.Round(sgd.Mean, 4), Math.Round(sgd.Median, 4), sgd.Worst, Math.Round(sgd.Area, 4)));
        Assert.Equal((6, 3, 1, 1), (sgd.Runs, sgd.Diverged, sgd.Exploded, sgd.LostCells));
        Assert.Null(sgd.Band);
        Assert.Equal((0.02 * 2 / 0.78) + (0.02 * 2 / 0.5705), sgd.OwnBand!.Decades, 1e-9);
        Assert.Equal((0.5275, 0.5275), (Math.Round(norm.Mean, 4), Math.Round(norm.Area, 4)));
        Assert.Equal((4, 2, 2, 1), (norm.Runs, norm.Diverged, norm.Exploded, norm.LostCells));
        Assert.Equal((false, true), (norm.Band!.ReachesFirst, norm.Band.ReachesLast));
    }

    [Fact]
    public async Task Texts_OnPageInReportLatexAndCommandLine_AreTheSame()
    {
        var page = WebUtility.HtmlDecode(await _dashboard.Client.GetStringAsync("/sweeps/1", Token));
        var latex = await _dashboard.Client.GetStringAsync("/exports/sweeps/1/summary.tex", Token);
        var report = WebUtility.HtmlDecode(await ReportAsync());
        var printed = Printed();
        var columns = SummaryColumns.Of(View.Robustness);

        Assert.Contains("3 of 6 (1 exploded)", columns.Select(c => c.Text(View.Summaries[0])));
        foreach (var row in View.Summaries)
        {
            string[] texts = [.. columns.Select(c => c.Cell(row).Text).Where(t => t.Length > 0)];
            Assert.All(texts, text =>
            {
                Assert.Contains(text, page, StringComparison.Ordinal);
                Assert.Contains(text, report, StringComparison.Ordinal);
                Assert.Contains(LatexText.Escape(text), latex, StringComparison.Ordinal);
                Assert.Contains(text, printed, StringComparison.Ordinal);
            });
        }

        var definitions = SummaryColumns.Definitions(View.Robustness);
        Assert.Contains("counted as guessing (10.0 %)", definitions, StringComparison.Ordinal);
        Assert.Contains(definitions, page, StringComparison.Ordinal);
        Assert.Contains(definitions, report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_InCsvAndApi_AreThoseOfTheView()
    {
        var lines = (await _dashboard.Client.GetStringAsync("/exports/sweeps/1/summary.csv", Token)).Split("\r\n");
        var names = lines[0].Split(',');
        // The address is asked in the round trips of the API; here it has no database.
        using var json = JsonSerializer.SerializeToDocument(RobustnessAnswer.Of(View), JsonSerializerOptions.Web);
        foreach (var (index, row) in View.Summaries.Index())
        {
            // No title here needs quotes.
            var fields = lines[index + 1].Split(',');
            var answer = json.RootElement.GetProperty("rows")[index];
            foreach (var number in RobustnessNumbers.All)
            {
                var expected = number.Value(View.Robustness.Study, row);
                var field = fields[Array.IndexOf(names, number.Name)];
                Assert.Equal(expected, field.Length == 0 ? null : double.Parse(field, CultureInfo.InvariantCulture));
                if (answer.TryGetProperty(number.Name, out var value) && value.ValueKind == JsonValueKind.Number)
                {
                    Assert.Equal(expected, value.GetDouble());
                }
            }

            Assert.Equal(row.Area, answer.GetProperty("area").GetDouble());
            Assert.Equal(row.Exploded, answer.GetProperty("exploded").GetInt32());
        }
    }

    [Theory]
    [InlineData("/exports/sweeps/1/summary.csv?tolerance=x10&measure=test-accuracy", "points of accuracy from 0 to 100")]
    [InlineData("/exports/sweeps/1/summary.csv?tolerance=101", "points of accuracy from 0 to 100")]
    [InlineData("/exports/sweeps/1/profile.svg?tolerance=-2", "points of accuracy from 0 to 100")]
    [InlineData("/exports/sweeps/1/summary.tex?tolerance=below-0&measure=train-loss", "a bound above 0")]
    public async Task Tolerance_OutOfRange_IsRefusedWithWhatIsAllowed(string address, string allowed)
    {
        var response = await _dashboard.Client.GetAsync(address, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(allowed, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tolerance_OfTheAddress_IsThatOfPageAndExport()
    {
        var page = await _dashboard.Client.GetStringAsync("/sweeps/1?tolerance=5", Token);
        var latex = await _dashboard.Client.GetStringAsync("/exports/sweeps/1/summary.tex?tolerance=5", Token);

        Assert.Contains("within 5 points of the best of all rows", page, StringComparison.Ordinal);
        Assert.Contains("\"exports/sweeps/1/summary.csv?tolerance=5", page, StringComparison.Ordinal);
        Assert.Contains("within 5 points of the best of all rows", latex, StringComparison.Ordinal);
        Assert.Equal("5", RobustnessAnswer.Of(SweepView.Of(_sweep, null, null, null, "5")).Tolerance);
        Assert.Contains("give points of accuracy", await _dashboard.Client.GetStringAsync("/sweeps/1?tolerance=x10", Token), StringComparison.Ordinal);
    }

    private static RunRow Lost(RunRow run) => (run.Row, run.AxisValue, run.Seed) switch
    {
        (0, 100, 1) or (1, 0.01, _) => run with { Outcome = RunOutcome.Exploded },
        (1, 100, 0) => run with { Outcome = RunOutcome.Failed, Error = "The disk is full.", Evaluations = [] },
        (1, 100, 1) => run with { Outcome = RunOutcome.CutShort, Evaluations = [] },
        _ => run,
    };

    private async Task<string> ReportAsync()
    {
        var store = _dashboard.Services.GetRequiredService<IReportStore>();
        ReportBlock[] blocks = [new ReportBlock { Id = 1, Kind = BlockKind.Summary, Sweep = 1 }];
        var id = await store.CreateAsync("A report", ReportJson.Write(blocks), Token);
        await _dashboard.Services.GetRequiredService<ReportPublisher>().PublishAsync(id, "A report", blocks, null, Token);
        return await _dashboard.Client.GetStringAsync("/r/" + (await store.FindAsync(id, Token))!.Summary.Token, Token);
    }

    /// <summary>What <c>sweep run</c> prints of the same runs.</summary>
    private string Printed()
    {
        var collector = new RunCollector(_sweep.Specification);
        foreach (var (collected, run) in collector.Runs.Zip(_sweep.Runs))
        {
            collected.Provenance = run.Provenance;
            collected.Evaluations.AddRange(run.Evaluations);
            collected.Result = new RunResult(run.Outcome!.Value, run.Iterations, run.FirstBadIteration, run.Seconds, Error: run.Error);
        }

        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        RobustnessPrinter.Print(collector, Measure.TestAccuracy, tolerance: null, console);
        return writer.ToString();
    }
}
