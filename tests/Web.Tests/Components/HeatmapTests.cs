using System.Text.RegularExpressions;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Web.Components.Sweep;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class HeatmapTests
{
    [Fact]
    public async Task Render_FinishedSweep_PrintsMeansWithIntervals()
    {
        var html = await HtmlAsync(FakeSweep.Of(1, Specifications.Small, finished: 12));

        // adagrad-norm at 1: 0.96 − 0.012 · 0.5² · 2 = 0.954 and 0.956 with seed 1; ± 12.706 · 0.001414/√2 = 1.27 points.
        Assert.Matches(@">95\.5<small>±1\.3</small>", html);
        Assert.Contains("AdaGrad-Norm, b₀ = 1\ntest accuracy 95.5 ± 1.3 % (n = 2)\nseed 0: 95.4\nseed 1: 95.6", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_DivergedCell_IsHatchedAndSaysWhen()
    {
        var html = await HtmlAsync(FakeSweep.Of(1, Specifications.Small, finished: 12));

        Assert.Contains("class=\"diverged\"", html, StringComparison.Ordinal);
        Assert.Contains("2 diverged of 2 seeds\nseed 0: diverged at iteration 37", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_AnyState_LinksToCurvesOfItsRowAndHasOneTabStop()
    {
        var html = await HtmlAsync(FakeSweep.Of(1, Specifications.Small, finished: 3));

        Assert.Equal(6, Regex.Count(html, "href=\"curves\\?sweep=1&row=[01]&cell=0:[012]\"", RegexOptions.None, TimeSpan.FromSeconds(30)));
        Assert.Equal(1, Regex.Count(html, "tabindex=\"0\"", RegexOptions.None, TimeSpan.FromSeconds(30)));
        Assert.Contains("running, ", html, StringComparison.Ordinal);
        Assert.Contains("class=\"waiting\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_RunningCell_ShowsItsLatestEvaluationWithTheEpoch()
    {
        var detail = FakeSweep.Of(1, Specifications.Small, finished: 0);
        var early = FakeSweep.Of(1, Specifications.Small, finished: 12).Runs.First(r => r.Evaluations.Count > 0).Evaluations[0];
        var html = await HtmlAsync(detail with
        {
            Runs = [.. detail.Runs.Select(r => r is { Row: 1, AxisValue: 1 } ? r with { Status = RunStatus.Running, Iterations = r.IterationsPlanned / 3, Evaluations = [early] } : r)],
        });

        Assert.Matches("class=\"interim working\" style=\"background:rgb[^\"]*\"", html);
        Assert.Matches($@">{Regex.Escape(NumberText.Of(Training.Workloads.Measure.TestAccuracy, early.Evaluation.TestAccuracy))}<small class=""when"">epoch 1</small>", html);
        Assert.Contains("% done; test accuracy ", html, StringComparison.Ordinal);
        Assert.Contains(" % after epoch 1", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_EarlierMoment_ShowsItsNumbers()
    {
        var detail = FakeSweep.Of(1, Specifications.Small, finished: 12);
        var view = Specifications.View(detail, at: "epoch-1");

        var html = await Rendering.HtmlAsync<Heatmap>((nameof(Heatmap.View), view), (nameof(Heatmap.Grid), view.Grids[0]));

        Assert.Contains(">90.5<small>", html, StringComparison.Ordinal);
        Assert.Contains("test accuracy, %, epoch 1, by b₀", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_Switches_KeepTheRestOfTheAddress()
    {
        var view = Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 12), measure: "train-loss");

        var html = await SwitchesAsync(view);

        Assert.Contains("href=\"http://localhost/sweeps/1?measure=train-loss&stat=best\"", html, StringComparison.Ordinal);
        Assert.Matches("measure=train-loss\"[^>]* aria-current=\"true\"", html);
    }

    [Fact]
    public async Task Render_Slider_SaysItsMomentAndTheStatisticsAreLinks()
    {
        var view = Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 12), at: "epoch-1", statistic: "last-2");

        var html = await SwitchesAsync(view);

        Assert.Matches("<input type=\"range\" min=\"0\" max=\"1\" step=\"1\" aria-label=\"evaluated at\" aria-valuetext=\"epoch 1\" [^>]*value=\"0\"", html);
        Assert.Contains("stat=best", html, StringComparison.Ordinal);
        Assert.Matches("stat=last-2\" aria-current=\"true\"", html);
        Assert.Matches("aria-label=\"Epochs to average\"[^>]* value=\"2\"", html);
    }

    [Theory]
    [InlineData("best", "best until the end of training", "best of 2 evaluations")]
    [InlineData("last-1", "mean of the last epoch until the end of training", "mean of 1 evaluation")]
    public async Task Render_Statistic_IsInCaptionAndDetails(string statistic, string caption, string basis)
    {
        var view = Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 12), statistic: statistic);

        var html = await Rendering.HtmlAsync<Heatmap>((nameof(Heatmap.View), view), (nameof(Heatmap.Grid), view.Grids[0]));

        Assert.Contains(caption, html, StringComparison.Ordinal);
        Assert.Contains("\n" + basis, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_PartOfTheSeedsDiverged_HatchesTheirShare()
    {
        var detail = FakeSweep.Of(1, Specifications.Small, finished: 12);
        var view = Specifications.View(detail with
        {
            Runs = [.. detail.Runs.Select(r => r is { Row: 1, AxisValue: 1, Seed: 1 } ? r with { Outcome = RunOutcome.Diverged, Evaluations = [] } : r)],
        });

        var html = await Rendering.HtmlAsync<Heatmap>((nameof(Heatmap.View), view), (nameof(Heatmap.Grid), view.Grids[0]));

        Assert.Matches("class=\"measured partly\" style=\"[^\"]*;--diverged:50%\"", html);
        Assert.Contains(">1/2 div<", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_CellOfTheAddress_IsPointedOutInHeatmapAndCurves()
    {
        var view = Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 12));

        var map = await Rendering.HtmlAsync<Heatmap>((nameof(Heatmap.View), view), (nameof(Heatmap.Grid), view.Grids[0]), (nameof(Heatmap.Chosen), "1-2"));
        var curves = await Rendering.HtmlAsync<RobustnessCurves>(("View", view), ("Grid", view.Grids[0]), ("Chosen", "1-2"));

        Assert.Equal(1, Regex.Count(map, "<td class=\"[^\"]*chosen\"", RegexOptions.None, TimeSpan.FromSeconds(30)));
        Assert.Contains("class=\"point chosen\" data-at=\"1:1-2\"", curves, StringComparison.Ordinal);
        Assert.Contains("data-at=\"1:1-2\"", map, StringComparison.Ordinal);
    }

    private static Task<string> SwitchesAsync(SweepView view) => Rendering.HtmlAsync<ViewSwitches>(
        (nameof(ViewSwitches.Measures), SweepView.MeasuresOf(view.Detail)), (nameof(ViewSwitches.Measure), view.Measure),
        (nameof(ViewSwitches.Moments), Moment.Of(view.Detail.Specification)), (nameof(ViewSwitches.Moment), view.Moment),
        (nameof(ViewSwitches.Statistic), view.Statistic));

    private static Task<string> HtmlAsync(SweepDetail detail)
    {
        var view = Specifications.View(detail);
        return Rendering.HtmlAsync<Heatmap>((nameof(Heatmap.View), view), (nameof(Heatmap.Grid), view.Grids[0]));
    }
}
