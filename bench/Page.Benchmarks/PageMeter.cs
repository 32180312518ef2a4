using System.Globalization;
using Microsoft.Playwright;

namespace Stepsize.Page.Benchmarks;

/// <summary>Times of pages in Chromium, from the moment an address is asked for to the moment its picture has been on the screen.</summary>
internal sealed class PageMeter(IBrowser browser, Uri address, int repetitions)
{
    public const string Header = "| what | median ms | best ms |\n| --- | --- | --- |";

    private const int Patience = 120_000;

    /// <summary>Opens a page in a fresh profile, with an empty cache, until its curves are drawn.</summary>
    public Task<string> OpenCurvesAsync(string what, string path) => MeasureAsync(what, async page =>
    {
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator("stepsize-curves[drawn]").WaitForAsync();
        return await page.EvaluateAsync<double>("performance.getEntriesByName('curves-drawn')[0].startTime");
    });

    /// <summary>Opens a sweep's page until its heatmap is there.</summary>
    public Task<string> OpenSweepAsync(string what, string path) => MeasureAsync(what, async page =>
    {
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator("table[data-heatmap]").First.WaitForAsync();
        return await page.EvaluateAsync<double>(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))");
    });

    /// <summary>On an open page, from the click on another measure to its heatmap.</summary>
    public Task<string> SwitchHeatmapAsync(string what, string path) => MeasureAsync(what, async page =>
    {
        await page.GotoAsync(path);

        // What is pressed before the page is connected loads it whole; the switch of a connected page is meant.
        await page.Locator("stepsize-curves[drawn]").WaitForAsync();
        await page.Locator("fieldset.page:not([disabled])").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.WaitForTimeoutAsync(1000);
        return await page.EvaluateAsync<double>(
            """
            new Promise(done => {
              const caption = () => document.querySelector("table[data-heatmap] caption").textContent;
              const before = caption();
              const start = performance.now();
              const seen = () => caption() === before ? requestAnimationFrame(seen) : requestAnimationFrame(() => done(performance.now() - start));
              [...document.querySelectorAll("nav a")].find(a => a.textContent.trim() === "gradient norm").click();
              seen();
            })
            """);
    });

    private async Task<string> MeasureAsync(string what, Func<IPage, Task<double>> measure)
    {
        var times = new List<double>();
        for (var i = 0; i < repetitions; i++)
        {
            await using var context = await browser.NewContextAsync(new() { BaseURL = address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } });
            context.SetDefaultTimeout(Patience);
            var page = await context.NewPageAsync();
            times.Add(await measure(page));
        }

        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"| {what} | {times[times.Count / 2]:0} | {times[0]:0} |");
    }
}
