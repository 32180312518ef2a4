using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

public sealed class CompareTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    [Fact]
    public async Task Compare_TwoSweepsTicked_AreSubtractedAndTheAddressCarriesEveryChoice()
    {
        var first = await LaunchAndFinishAsync(Sweeps.Bowl);
        var second = await LaunchAndFinishAsync(Sweeps.Bowl.Replace("\"iterations\": 40", "\"iterations\": 30", StringComparison.Ordinal).Replace("\"Bowl\"", "\"Short bowl\"", StringComparison.Ordinal));
        await Page.GotoAsync("/");
        foreach (var id in new[] { first, second })
        {
            await Page.Locator($"input[name=sweeps][value='{id}']").CheckAsync();
        }

        await Page.GetByRole(AriaRole.Button, new() { Name = "Compare those ticked" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "The protocols differ" })).ToBeVisibleAsync();
        await Expect(Page.GetByText("length 30 iterations in A, 40 iterations in B")).ToBeVisibleAsync();

        // A link holds the address as of its last rendering, which comes after the browser's own address has changed.
        var decades = Page.GetByRole(AriaRole.Link, new() { Name = "decades" });
        var best = Page.GetByRole(AriaRole.Link, new() { Name = "best", Exact = true });
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "B, what is subtracted", Exact = true }).SelectOptionAsync($"{second}-0");
        await Expect(decades).ToHaveAttributeAsync("href", new Regex($"b={second}-0"));
        await Page.GetByRole(AriaRole.Group, new() { Name = $"Optimizers of sweep {first}" }).GetByRole(AriaRole.Checkbox, new() { Name = "SGD constant" }).ClickAsync();
        await Expect(decades).ToHaveAttributeAsync("href", new Regex($"rows={first}-1"));
        await decades.ClickAsync();
        await Expect(best).ToHaveAttributeAsync("href", new Regex($"rows={first}-1.*scale=decades"));
        await best.ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex($"rows={first}-1.*b={second}-0.*scale=decades.*stat=best"));
        await Page.ReloadAsync();

        // Only a connected page keeps the focus: connecting draws it anew.
        await Expect(Page.GetByRole(AriaRole.Checkbox, new() { Name = "SGD constant" }).First).ToBeEnabledAsync();
        await Expect(Page.GetByRole(AriaRole.Group, new() { Name = $"Optimizers of sweep {first}" }).GetByRole(AriaRole.Checkbox, new() { Name = "SGD constant" })).Not.ToBeCheckedAsync();
        var difference = Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex($@"AdaGrad-Norm, sweep {second} − SGD constant, sweep {second}, b₀ = 10\s.*one common seed, so no interval") });
        await difference.FocusAsync();
        await Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex($@"AdaGrad-Norm, sweep {second} − SGD constant, sweep {second}, b₀ = 1\s") })).ToBeFocusedAsync();

        await Page.SetViewportSizeAsync(400, 800);
        await Page.ReloadAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "What tuning takes" })).ToBeVisibleAsync();
        Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The comparison is wider than the screen.");
    }

    private static IPageAssertions Expect(IPage page) => Assertions.Expect(page);

    private async Task<string> LaunchAndFinishAsync(string sweep)
    {
        await LaunchAsync(sweep);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        return new Uri(Page.Url).AbsolutePath.Split('/')[^1];
    }
}
