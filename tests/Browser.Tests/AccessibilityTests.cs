using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

/// <summary>Every page as axe-core sees it: WCAG 2.2, levels A and AA.</summary>
public sealed class AccessibilityTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    private const string Rules = "wcag2a,wcag2aa,wcag21a,wcag21aa,wcag22a,wcag22aa";

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task EveryPage_InBothSchemesAndWidths_HasNoViolation(ColorScheme scheme, int width)
    {
        var (sweep, run, report, shared) = await PrepareAsync();
        await ImportTableAsync($"accessible-{scheme}-{width}.csv".ToLowerInvariant());
        await LaunchAsync(Sweeps.Long.Replace("\"Long\"", $"\"Beside {scheme} {width}\"", StringComparison.Ordinal));
        var training = new Uri(Page.Url).AbsolutePath.Split('/')[^1];
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await Page.SetViewportSizeAsync(width, 900);
        string[] paths =
        [
            "/jobs", $"/sweeps/{training}", "/", $"/sweeps/{sweep}", $"/sweeps/{sweep}?measure=gradient-norm&at=iteration-10&stat=best&cell=0-1", $"/runs/{run}?loss=log", "/sweeps/new", $"/sweeps/new?from={sweep}",
            $"/curves?sweep={sweep}&over=mean", $"/compare?sweeps={sweep}", "/compare", "/papers", "/reports", $"/reports?sweep={sweep}", report, shared, "/optimizers", "/datasets", "/workers",
            "/bin", "/api", "/nowhere",
        ];
        var violations = new List<string>();
        foreach (var path in paths)
        {
            // The browser reports an address that is not there as an error of its own.
            AllowComplaints = path == "/nowhere" || AllowComplaints;
            await Page.GotoAsync(path);
            await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToBeVisibleAsync();
            if (await Page.Locator("fieldset.page").CountAsync() > 0)
            {
                await Expect(Page.Locator("fieldset.page")).ToBeEnabledAsync();
            }

            // The head of a page is made anew when it is connected.
            await Page.WaitForTimeoutAsync(500);
            await Assertions.Expect(Page).ToHaveTitleAsync(new Regex("."));
            violations.AddRange((await ViolationsAsync()).Select(v => $"{path}: {v}"));
            if (path == $"/sweeps/{training}")
            {
                // It has been seen, and takes a core from all that follows.
                await Page.APIRequest.PostAsync($"/api/sweeps/{training}/cancel", new() { DataObject = new { } });
            }
        }

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }

    [Fact]
    public async Task Form_WithFaultsAndADialog_HasNoViolation()
    {
        await Page.GotoAsync("/sweeps/new");
        await Page.GetByLabel("Seeds").FillAsync("0, x");
        await Expect(Page.GetByLabel("Seeds")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Empty(await ViolationsAsync());

        // What is kept of the faulty form must not come over the next one.
        await Page.EvaluateAsync("() => localStorage.clear()");
        await LaunchAsync(Sweeps.Long);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Cancel sweep" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        Assert.Empty(await ViolationsAsync());
        await Page.GetByRole(AriaRole.Button, new() { Name = "Stop the sweep" }).ClickAsync();
        await Expect(Page.GetByText("cancelled", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task DialogsAndNotices_InBothSchemes_HaveNoViolation(ColorScheme scheme)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("^Run ") }).First.CheckAsync();
        await Page.GetByRole(AriaRole.Group, new() { Name = "Ticked runs" }).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("1 run moved to the bin.");
        await Page.WaitForTimeoutAsync(500);
        Assert.Empty(await ViolationsAsync());

        foreach (var (button, name) in new[] { ("Run what is missing 1", "Run what is missing"), ("Extend", "Extend this sweep") })
        {
            await Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = name });
            await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Not now" })).ToBeVisibleAsync();
            await Page.WaitForTimeoutAsync(500);
            Assert.Empty(await ViolationsAsync());
            await EscapeAsync(dialog);
            await Expect(Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true })).ToBeFocusedAsync();
        }
    }

    /// <summary>A sweep, a run of it, and a report of it with its link.</summary>
    private async Task<(string Sweep, string Run, string Report, string Shared)> PrepareAsync()
    {
        await LaunchAsync(Sweeps.Bowl.Replace("\"iterations\": 40", "\"iterations\": 40, \"seeds\": [0, 1]", StringComparison.Ordinal));
        await Expect(Page.GetByText("12 of 12 runs")).ToBeVisibleAsync();
        var sweep = new Uri(Page.Url).AbsolutePath.Split('/')[^1];
        var run = (await Page.GetByRole(AriaRole.Region, new() { Name = "Runs" }).Locator("tbody a").First.TextContentAsync())!;
        await Page.GetByRole(AriaRole.Link, new() { Name = "Make a report" }).ClickAsync();
        await Expect(Page.GetByLabel("Title", new() { Exact = true })).ToHaveValueAsync("Bowl");
        await Page.GetByRole(AriaRole.Button, new() { Name = "New report" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();
        var shared = await Page.GetByLabel("Link, for anybody who has it").InputValueAsync();
        return (sweep, run, new Uri(Page.Url).PathAndQuery, shared);
    }

    /// <summary>So that the page of the datasets has a row of it.</summary>
    private async Task ImportTableAsync(string name)
    {
        var rows = string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{i},{(i * i) % 7},{i + 0.5}\n")));
        var sent = await Page.APIRequest.PostAsync($"/api/tables/uploads?file={name}", new() { DataString = "x,z,y\n" + rows, Headers = [new("Content-Type", "text/csv")] });
        Assert.Equal(201, sent.Status);
        var upload = (await sent.JsonAsync())!.Value.GetProperty("upload").GetString();
        Assert.Equal(201, (await Page.APIRequest.PostAsync($"/api/tables/uploads/{upload}/import", new() { DataObject = new { } })).Status);
    }

    private async Task<IReadOnlyList<string>> ViolationsAsync()
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "axe.min.js")));
        var found = await Page.EvaluateAsync<JsonElement>(
            """
            async tags => (await axe.run(document, { runOnly: { type: "tag", values: tags.split(",") }, resultTypes: ["violations"] })).violations
              .flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary}`))
            """,
            Rules);
        return [.. found.EnumerateArray().Select(v => v.GetString()!)];
    }
}
