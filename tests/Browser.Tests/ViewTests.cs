using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

public sealed class ViewTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    [Fact]
    public async Task Switches_ReloadAndBack_KeepTheView()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        var switches = Page.GetByRole(AriaRole.Navigation, new() { Name = "What is shown" });
        var norm = switches.GetByRole(AriaRole.Link, new() { Name = "gradient norm" });
        var slider = switches.GetByRole(AriaRole.Slider, new() { Name = "evaluated at" });
        await norm.ClickAsync();
        await Expect(norm).ToHaveAttributeAsync("aria-current", "true");
        await switches.GetByRole(AriaRole.Link, new() { Name = "best" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Table, new() { NameRegex = new Regex("^gradient norm, best until the end of training") })).ToBeVisibleAsync();
        await slider.PressAsync("ArrowLeft");
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", "iteration 10");
        await switches.GetByRole(AriaRole.Link, new() { Name = "final" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Table, new() { NameRegex = new Regex("^gradient norm, iteration 10") })).ToBeVisibleAsync();

        await Page.ReloadAsync();
        await Expect(Page.GetByRole(AriaRole.Table, new() { NameRegex = new Regex("^gradient norm, iteration 10") })).ToBeVisibleAsync();
        await Page.GoBackAsync();
        await Expect(Page.GetByRole(AriaRole.Table, new() { NameRegex = new Regex("^gradient norm, best until iteration 10") })).ToBeVisibleAsync();
        await Page.GoBackAsync();
        await Expect(Page.GetByRole(AriaRole.Table, new() { NameRegex = new Regex("^gradient norm, end of training") })).ToBeVisibleAsync();
        await Page.GoBackAsync();
        await Expect(Page.GetByRole(AriaRole.Table, new() { NameRegex = new Regex("^train loss, end of training") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Heatmap_ArrowKeys_GoFromCellToCell()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        await Cell("SGD constant", "0.1").FocusAsync();

        await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Cell("SGD constant", "1")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Cell("AdaGrad-Norm", "1")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("End");
        await Expect(Cell("AdaGrad-Norm", "10")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "AdaGrad-Norm, b₀ = 10" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Runs_HeadingClicked_SortsAndStaysSortedAfterReload()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        var runs = Page.GetByRole(AriaRole.Region, new() { Name = "Runs" });
        await runs.GetByRole(AriaRole.Link, new() { Name = "b₀" }).ClickAsync();
        await Expect(runs.GetByRole(AriaRole.Columnheader, new() { Name = "b₀" })).ToHaveAttributeAsync("aria-sort", "ascending");
        await runs.GetByRole(AriaRole.Link, new() { Name = "b₀" }).ClickAsync();

        await Page.ReloadAsync();
        await Expect(runs.GetByRole(AriaRole.Columnheader, new() { Name = "b₀" })).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(runs.GetByRole(AriaRole.Row).Nth(1).GetByRole(AriaRole.Cell).Nth(3)).ToHaveTextAsync("10");
    }

    [Fact]
    public async Task Run_DragInAChart_ZoomsInTheAddress()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        await Cell("AdaGrad-Norm", "1").ClickAsync();
        var loss = Page.GetByRole(AriaRole.Region, new() { Name = "Mini-batch loss" });
        await Expect(loss).ToContainTextAsync("iterations 1 to 40 of 40");
        var box = (await loss.Locator(".u-over").BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync(box.X + (box.Width * 0.25f), box.Y + 60);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(box.X + (box.Width * 0.75f), box.Y + 80, new() { Steps = 5 });
        await Page.Mouse.UpAsync();

        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Show all iterations" })).ToBeVisibleAsync();
        Assert.Matches(@"from=1\d&to=3\d", Page.Url);
        await Expect(loss).ToContainTextAsync(new Regex(@"iterations 1\d to 3\d of 40"));
        await Page.ReloadAsync();
        await Expect(loss).ToContainTextAsync(new Regex(@"iterations 1\d to 3\d of 40"));
        await Page.GetByRole(AriaRole.Link, new() { Name = "Show all iterations" }).ClickAsync();
        await Expect(loss).ToContainTextAsync("iterations 1 to 40 of 40");
    }

    [Fact]
    public async Task Theme_Switched_IsRemembered()
    {
        await Page.GotoAsync("/");
        var light = await BackgroundAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync();
        var dark = await BackgroundAsync();
        Assert.NotEqual(light, dark);

        await Page.ReloadAsync();
        Assert.Equal(dark, await BackgroundAsync());
    }

    [Fact]
    public async Task NarrowScreen_EveryPage_DoesNotScrollSideways()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        var sweep = new Uri(Page.Url).AbsolutePath;
        await Cell("AdaGrad-Norm", "1").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Provenance" })).ToBeVisibleAsync();
        var run = new Uri(Page.Url).AbsolutePath;
        await Page.SetViewportSizeAsync(400, 800);

        foreach (var path in new[] { "/", "/optimizers", "/sweeps/new", sweep, run, "/nowhere" })
        {
            // The browser reports an address that is not there as an error of its own.
            AllowComplaints = path == "/nowhere" || AllowComplaints;
            await Page.GotoAsync(path);
            await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than the screen.");
        }
    }

    private Task<string> BackgroundAsync() => Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private ILocator Cell(string optimizer, string value) =>
        Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex($@"{Regex.Escape(optimizer)}, b₀ = {Regex.Escape(value)}\s") });
}
