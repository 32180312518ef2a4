using System.Text.RegularExpressions;
using Stepsize.Web.Components.Sweep;
using Stepsize.Web.Tests.Fakes;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class RobustnessTests
{
    [Fact]
    public async Task RenderSummary_FinishedSweep_CountsDivergedRunsAndNamesTheBand()
    {
        var html = await Rendering.HtmlAsync<RobustnessSummary>((nameof(RobustnessSummary.View), Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 12))));

        Assert.Contains(">2 of 6</td>", html, StringComparison.Ordinal);
        // 300 iterations in 1.5 s each for AdaGrad-Norm's six runs.
        Assert.Contains(">200</td>", html, StringComparison.Ordinal);
        Assert.Matches("aria-label=\"from b₀ = [0-9.]+ to [0-9.]+\"", html);
    }

    [Fact]
    public async Task RenderCurves_DivergedCell_HasACrossAndALineOnlyBetweenValues()
    {
        var view = Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 12));

        var html = await Rendering.HtmlAsync<RobustnessCurves>((nameof(RobustnessCurves.View), view), (nameof(RobustnessCurves.Grid), view.Grids[0]));

        var lines = Regex.Matches(html, "<polyline points=\"(?<points>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(30));
        Assert.Equal([2, 3], lines.Select(l => l.Groups["points"].Value.Trim().Split(' ').Length));
        Assert.Contains("class=\"cross\"", html, StringComparison.Ordinal);
        Assert.Contains("Numbers of this chart", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_RunsOfACellDeleted_NeitherLineNorBandCrossesTheGap()
    {
        var detail = FakeSweep.Of(1, Specifications.Small, finished: 12);
        var view = Specifications.View(detail with { Runs = [.. detail.Runs.Where(r => r is not { Row: 1, AxisValue: 1 })] });

        var curves = await Rendering.HtmlAsync<RobustnessCurves>((nameof(RobustnessCurves.View), view), (nameof(RobustnessCurves.Grid), view.Grids[0]));

        // SGD: two values in one stretch; AdaGrad-Norm: one on each side of the gap.
        var lines = Regex.Matches(curves, "<polyline points=\"(?<points>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(30));
        Assert.Equal([2, 1, 1], lines.Select(l => l.Groups["points"].Value.Trim().Split(' ').Length));
        Assert.Equal([2, 0, 2], view.Summaries[1].Cells.Select(c => c.Runs));
        Assert.All(view.Summaries.Select(s => s.Band).OfType<Training.Robustness.RobustBand>(), b => Assert.False(b.From < 1 && b.To > 1));
    }

    [Fact]
    public async Task RenderCurves_NothingMeasured_DrawsAxesWithoutLines()
    {
        var view = Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 0));

        var html = await Rendering.HtmlAsync<RobustnessCurves>((nameof(RobustnessCurves.View), view), (nameof(RobustnessCurves.Grid), view.Grids[0]));

        Assert.DoesNotContain("<polyline", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }
}
