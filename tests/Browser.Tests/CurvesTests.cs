using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

public sealed class CurvesTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    [Fact]
    public async Task Curves_FilterZoomSmoothAndReload_KeepTheView()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Curves of these runs" }).ClickAsync();
        var readout = Page.Locator(".curves-readout");
        await Expect(readout).ToHaveTextAsync("6 lines, iterations 1 to 40 of 40, every one");

        await Page.GetByRole(AriaRole.Switch, new() { Name = "SGD constant" }).ClickAsync();
        await Expect(readout).ToHaveTextAsync("3 of 6 lines, iterations 1 to 40 of 40, every one");
        await Page.GetByRole(AriaRole.Link, new() { Name = "median of 21" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "median of 21" })).ToHaveAttributeAsync("aria-current", "true");
        await Page.GetByRole(AriaRole.Link, new() { Name = "AdaGrad-Norm, b₀ = 10", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("Picked out: AdaGrad-Norm, b₀ = 10")).ToBeVisibleAsync();

        var box = (await Page.Locator(".curves-plot .u-over").BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync(box.X + (box.Width * 0.25f), box.Y + 60);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(box.X + (box.Width * 0.75f), box.Y + 70, new() { Steps = 5 });
        await Page.Mouse.UpAsync();
        var zoomed = new Regex(@"^3 of 6 lines, iterations 1\d to 3\d of 40, every one$");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Show everything" })).ToBeVisibleAsync();
        await Page.ReloadAsync();
        await Page.Mouse.MoveAsync(0, 0);

        await Expect(readout).ToHaveTextAsync(zoomed);
        Assert.Matches(@"hide=0.*smooth=median.*cell=1.*from=1\d.*to=3\d", Page.Url);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Show everything" }).ClickAsync();
        await Expect(readout).ToHaveTextAsync("3 of 6 lines, iterations 1 to 40 of 40, every one");
    }
}
