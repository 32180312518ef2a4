using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

/// <summary>The dashboard below /stepsize/ of a site with TLS, as docs/deployment.md puts it there.</summary>
public sealed class NginxTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dashboard_BehindNginx_LaunchesAndIsLive(bool withWebSockets)
    {
        Assert.SkipUnless(NginxProcess.IsInstalled, "nginx is not installed.");
        var folder = Directory.CreateTempSubdirectory("stepsize-proxied-");
        try
        {
            await using var server = await ServerProcess.StartAsync(
                Path.Combine(folder.FullName, "stepsize.db"), "http://127.0.0.1:0", "--path-base", "/stepsize", "--known-proxies", "127.0.0.1");
            await using var nginx = await NginxProcess.StartAsync(server.Address, withWebSockets);
            await using var context = await Dashboard.Browser.NewContextAsync(new() { IgnoreHTTPSErrors = true, ViewportSize = new() { Width = 1440, Height = 900 } });
            context.SetDefaultTimeout(60_000);
            await VisitAsync(await context.NewPageAsync(), nginx.Address.ToString(), withWebSockets);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task VisitAsync(IPage page, string address, bool withWebSockets)
    {
        var (outside, sockets, polls) = (new List<string>(), 0, 0);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address, StringComparison.Ordinal) && request.Url.StartsWith("http", StringComparison.Ordinal))
            {
                outside.Add(request.Url);
            }

            // What long polling sends; one of a web socket's attempts is never sent so.
            polls += request.Method == "GET" && request.Url.Contains("/_blazor?id=", StringComparison.Ordinal) ? 1 : 0;
        };
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, _) => sockets++;

        await page.GotoAsync(address);
        await page.GetByRole(AriaRole.Link, new() { Name = "New sweep" }).ClickAsync();
        await page.GetByLabel("Specification as JSON").FillAsync(Sweeps.Bowl);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" }).ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(address + "sweeps/1");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Bowl", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex(@"AdaGrad-Norm, b₀ = 1\s+train loss") })).ToBeVisibleAsync();

        // What somebody else adds fills the page without its being loaded again: it is live.
        var extended = await page.APIRequest.PostAsync(address + "api/sweeps/1/extension", new() { DataObject = new { seeds = new[] { 1 } } });
        Assert.Equal(200, extended.Status);
        await Expect(page.GetByText("12 of 12 runs")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex(@"AdaGrad-Norm, b₀ = 1\s+train loss.*\n?.*seed 1", RegexOptions.Singleline) })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Curves of these runs" }).ClickAsync();
        await Expect(page.Locator(".curves-readout")).ToContainTextAsync("12 lines, iterations 1 to");
        Assert.StartsWith(address + "curves?sweep=1", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(page.Locator(".curves-readout")).ToContainTextAsync("12 lines, iterations 1 to");
        foreach (var file in new[] { "exports/sweeps/1/heatmap.svg", "api/sweeps/1/runs.csv", "api/openapi.json", "health/ready" })
        {
            Assert.Equal(200, (await page.APIRequest.GetAsync(address + file)).Status);
        }

        Assert.Empty(outside);
        Assert.Equal((withWebSockets, !withWebSockets), (sockets > 0, polls > 0));
    }
}
