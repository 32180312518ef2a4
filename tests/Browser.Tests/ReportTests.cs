using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

public sealed class ReportTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    private ILocator Block(string name) => Page.GetByRole(AriaRole.Region, new() { NameRegex = new Regex($"^Block .*: {name}$") });

    [Fact]
    public async Task Report_MadeFromTheForm_IsSharedPrintedExportedAndRevoked()
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Make a report" }).ClickAsync();
        await Expect(Page.GetByLabel("Title", new() { Exact = true })).ToHaveValueAsync("Bowl");
        await Page.GetByRole(AriaRole.Button, new() { Name = "New report" }).ClickAsync();

        await Page.GetByLabel("Text in Markdown").FillAsync("## Why\n\nIt is *round*. <script>document.title = 'run'</script> [away](javascript:alert(1))");
        await Expect(Block("Text").GetByRole(AriaRole.Heading, new() { Name = "Why" })).ToBeVisibleAsync();
        await Expect(Block("Heatmap").GetByRole(AriaRole.Img, new() { Name = "Bowl", Exact = true })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Published table" }).ClickAsync();
        await Expect(Block("Published table").GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Move block 5 up" }).PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Move block 4 up" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Block 3 of 5: Published table" })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Remove block 5" }).ClickAsync();
        await Expect(Page.GetByText("Saved.", new() { Exact = true })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        var link = await Page.GetByLabel("Link, for anybody who has it").InputValueAsync();
        Assert.Matches("/r/[A-Za-z0-9_-]{32}$", link);

        await using (var stranger = await Dashboard.Browser.NewContextAsync(new() { JavaScriptEnabled = false }))
        {
            var shared = await stranger.NewPageAsync();
            await AssertReportAsync(shared, link);
            Assert.Empty(await stranger.CookiesAsync());
            Assert.Equal("%PDF-", Encoding.ASCII.GetString((await shared.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true }))[..5]));
        }

        var folder = Directory.CreateTempSubdirectory("stepsize-report-");
        try
        {
            var file = Path.Combine(folder.FullName, "report.html");
            var download = await Page.RunAndWaitForDownloadAsync(() => Page.GetByRole(AriaRole.Link, new() { Name = "Version 1 as HTML" }).ClickAsync());
            await download.SaveAsAsync(file);
            await using var offline = await Dashboard.Browser.NewContextAsync(new() { Offline = true });
            var saved = await offline.NewPageAsync();
            var requests = new List<string>();
            saved.Request += (_, request) => requests.Add(request.Url);
            await AssertReportAsync(saved, new Uri(file).ToString());
            Assert.Single(requests);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        await Page.GetByRole(AriaRole.Button, new() { Name = "Revoke the link" }).ClickAsync();
        await Expect(Page.GetByText("There is no link; publishing again makes a new one.")).ToBeVisibleAsync();
        var gone = await Page.APIRequest.GetAsync(link);
        Assert.Equal(404, gone.Status);
        Assert.Equal("no-referrer", gone.Headers["referrer-policy"]);
        Assert.DoesNotContain("Bowl", await gone.TextAsync(), StringComparison.Ordinal);
    }

    /// <summary>The whole report is there, its style sheet works, and nothing complains or has run.</summary>
    private static async Task AssertReportAsync(IPage page, string address)
    {
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync(address);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Bowl", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Why" })).ToBeVisibleAsync();
        await Expect(page.GetByText("<script>document.title = 'run'</script>")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Figure)).ToHaveCountAsync(3);
        await Expect(page.GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
        Assert.Equal("Bowl", await page.TitleAsync());
        await Expect(page.Locator("main")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
        await Expect(page.Locator("body")).ToHaveCSSAsync("margin-top", "0px");
        Assert.Empty(complaints);
    }
}
