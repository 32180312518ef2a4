using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

/// <summary>What MudBlazor adds to what is fetched.</summary>
public sealed class PageWeightTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    private const int MostBytes = 60_000;

    private readonly List<IRequest> _files = [];

    [Fact]
    public async Task Pages_WithoutItsComponents_FetchNothingOfMudBlazor()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        var sweep = new Uri(Page.Url).AbsolutePath;
        var run = await Page.GetByRole(AriaRole.Region, new() { Name = "Runs" }).Locator("tbody a").First.GetAttributeAsync("href");
        Watch();
        foreach (var path in new[] { "/", sweep, $"/{run}", "/compare", $"/curves?sweep={sweep.Split('/')[^1]}", "/papers", "/reports", "/optimizers", "/datasets", "/jobs", "/bin", "/api" })
        {
            await Page.GotoAsync(path);
            await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToBeVisibleAsync();
            if (await Page.Locator("fieldset.page").CountAsync() > 0)
            {
                await Expect(Page.Locator("fieldset.page")).ToBeEnabledAsync();
            }

            // What a component asks for when it is connected would come now.
            await Page.WaitForTimeoutAsync(500);
            Assert.True(_files.Count == 0, $"{path} fetched {string.Join(", ", _files.Select(f => f.Url))}.");
        }
    }

    [Fact]
    public async Task Dialog_Opened_FetchesLittle()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        await Page.ReloadAsync();
        await Expect(Page.Locator("fieldset.page")).ToBeEnabledAsync();
        Watch();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Extend" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog, new() { Name = "Extend this sweep" })).ToBeVisibleAsync();

        Assert.Equal(2, _files.Count);
        var sizes = await Task.WhenAll(_files.Select(f => f.SizesAsync()));
        Assert.InRange(sizes.Sum(s => s.ResponseBodySize + s.ResponseHeadersSize), 1, MostBytes);
    }

    private void Watch() => Page.RequestFinished += (_, request) =>
    {
        if (request.Url.Contains("/lib/mudblazor/", StringComparison.Ordinal))
        {
            _files.Add(request);
        }
    };
}
