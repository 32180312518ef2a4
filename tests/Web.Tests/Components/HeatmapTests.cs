using System.Text.RegularExpressions;
using Stepsize.Data.Sweeps;
using Stepsize.Web.Components.Controls;
using Stepsize.Web.Tests.Fakes;
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
        Assert.Contains("2 of 2 seeds diverged\nseed 0: diverged at iteration 37", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_AnyState_LinksToRunsAndHasOneTabStop()
    {
        var html = await HtmlAsync(FakeSweep.Of(1, Specifications.Small, finished: 3));

        Assert.Equal(6, Regex.Count(html, "href=\"/runs/\\d+\"", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Equal(1, Regex.Count(html, "tabindex=\"0\"", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Contains("running, ", html, StringComparison.Ordinal);
        Assert.Contains("class=\"waiting\"", html, StringComparison.Ordinal);
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

        var html = await Rendering.HtmlAsync<ViewSwitches>((nameof(ViewSwitches.View), view));

        Assert.Contains("href=\"http://localhost/sweeps/1?measure=train-loss&at=epoch-1\"", html, StringComparison.Ordinal);
        Assert.Matches("measure=train-loss\"[^>]* aria-current=\"true\"", html);
    }

    private static Task<string> HtmlAsync(SweepDetail detail)
    {
        var view = Specifications.View(detail);
        return Rendering.HtmlAsync<Heatmap>((nameof(Heatmap.View), view), (nameof(Heatmap.Grid), view.Grids[0]));
    }
}
