using System.Net;
using System.Xml.Linq;
using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Web.Figures.Exhibits;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Sweeps;
using Xunit;

namespace Stepsize.Web.Tests.Stepsizes;

/// <summary>Effective stepsize against the axis: numbers, files and page, over columns of 468 iterations whose stepsize is 1/iteration times the run's number.</summary>
public sealed class StepsizeViewTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_Window_IsTheMeanOfStoredStepsizesOverIt()
    {
        var detail = FakeSweep.Of(1, Specifications.Small, 1000);
        var reader = new StepsizeViewReader(new FakeColumnReader((run, i) => run * i, _ => 468));
        var view = await reader.ReadAsync(SweepView.Of(detail, null, null), "101-200", "median", Token);

        Assert.Equal(new IterationWindow(101, 200), view.Window);
        foreach (var cell in view.Grids.SelectMany(g => g.Cells))
        {
            var seeds = detail.Runs.Where(r => r.Row == cell.Row && r.AxisValue == cell.AxisValue).ToArray();
            double[] values = [.. seeds.Where(r => r.Outcome != RunOutcome.Diverged).Select(r => r.Id * 150.5).Order()];
            Assert.Equal(seeds.Length - values.Length, cell.Diverged);
            Assert.Equal(values.Length == 0 ? double.NaN : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2, cell.Center, 1e-6 * 150 * 2000);
        }

        Assert.Contains(view.Grids.SelectMany(g => g.Cells), c => c is { Seeds: 0, Diverged: > 0 });
        Assert.Contains(view.Grids.SelectMany(g => g.Cells), c => c.Seeds > 0);
    }

    [Fact]
    public async Task Read_NoOrAnotherWindow_IsTheEndOrCutToTheRun()
    {
        var detail = FakeSweep.Of(1, Specifications.Small, 1000);
        var length = detail.Runs[0].IterationsPlanned;
        var reader = new StepsizeViewReader(new FakeColumnReader());
        Assert.Equal(new IterationWindow(length - 99, length), (await reader.ReadAsync(SweepView.Of(detail, null, null), null, null, Token)).Window);
        Assert.Equal(new IterationWindow(10, length), (await reader.ReadAsync(SweepView.Of(detail, null, null), $"10-{length * 9}", null, Token)).Window);
        Assert.Equal(new IterationWindow(length - 99, length), (await reader.ReadAsync(SweepView.Of(detail, null, null), "everything", null, Token)).Window);
    }

    [Fact]
    public async Task Exhibit_SomeDiverged_CrossesInThePictureAndCountsInTheNumbers()
    {
        var detail = FakeSweep.Of(1, Specifications.Small, 1000);
        var view = await new StepsizeViewReader(new FakeColumnReader()).ReadAsync(SweepView.Of(detail, null, null), "40", null, Token);
        var exhibit = StepsizeExhibit.Of(view, view.Grids[0]);
        Assert.Equal("svg", XDocument.Parse(exhibit.Svg).Root!.Name.LocalName);
        Assert.Contains(">diverged</text>", exhibit.Svg, StringComparison.Ordinal);
        Assert.Contains(exhibit.Shown.Rows.SelectMany(r => r), c => c.Text == "div");
        Assert.Equal(view.Grids[0].Cells.Sum(c => c.Diverged), exhibit.Data.Rows.Sum(r => r[8].Number));
    }

    [Fact]
    public async Task Page_AndFiles_ShowTheWindowOfTheAddress()
    {
        await using var dashboard = await FakeDashboard.StartAsync();
        dashboard.Store.Put(FakeSweep.Of(1, Specifications.Small, 1000));

        var page = Rendering.Plain(await dashboard.Client.GetStringAsync("/sweeps/1?window=101-200&over=median", Token));
        Assert.Contains("Effective stepsize against b₀", page, StringComparison.Ordinal);
        Assert.Contains("mean over iterations 101 to 200", page, StringComparison.Ordinal);
        Assert.Contains("\"exports/stepsizes.svg?sweep=1&window=101-200&over=median", WebUtility.HtmlDecode(page), StringComparison.Ordinal);

        var heatmap = Rendering.Plain(await dashboard.Client.GetStringAsync("/sweeps/1?measure=effective-stepsize&window=10", Token));
        Assert.Contains("Effective stepsize, iteration 10", heatmap, StringComparison.Ordinal);

        var csv = await dashboard.Client.GetStringAsync("/exports/stepsizes.csv?sweep=1&window=101-200", Token);
        Assert.Contains("firstIteration,lastIteration", csv, StringComparison.Ordinal);
        Assert.Contains(",101,200,", csv, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await dashboard.Client.GetAsync("/exports/stepsizes.csv?sweep=1&window=9-3", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await dashboard.Client.GetAsync("/exports/stepsizes.tex?sweep=77", Token)).StatusCode);
    }
}
