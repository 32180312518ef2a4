using System.Net;
using System.Text.Json;
using Stepsize.Web.Tests.Fakes;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public sealed class PageTests : IAsyncLifetime
{
    private FakeDashboard _dashboard = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _dashboard = await FakeDashboard.StartAsync(new FakeCurveReader(length: 5000, firstNonFinite: 4000));

    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    [Fact]
    public async Task Start_NoSweeps_OffersPresets()
    {
        var html = await GetAsync("/");

        Assert.Contains("How much does training depend on the stepsize you start from?", html, StringComparison.Ordinal);
        Assert.Contains("\"sweeps/new?preset=quickstart#form", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Sweeps_AreThereBeforeAnyScriptRuns()
    {
        _dashboard.Store.Put(FakeSweep.Of(1, Specifications.Small, finished: 12));

        var html = await GetAsync("/");

        Assert.Contains("best test accuracy", html, StringComparison.Ordinal);
        Assert.Contains("12</b> of 12 runs, 2 diverged", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sweeps/1")]
    [InlineData("/runs/1003")]
    public async Task Any_NameWithMarkup_IsShownAsText(string path)
    {
        _dashboard.Store.Put(FakeSweep.Of(1, Specifications.Small, finished: 12));

        var html = await GetAsync(path);

        Assert.Contains("Small &lt;b&gt;sweep&lt;/b&gt; &amp; more", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>sweep</b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_AddressOfAView_ShowsIt()
    {
        _dashboard.Store.Put(FakeSweep.Of(1, Specifications.Small, finished: 12));

        var html = await GetAsync("/sweeps/1?measure=train-loss&at=epoch-1&sort=-value");

        Assert.Contains("train loss, epoch 1, by b₀", html, StringComparison.Ordinal);
        Assert.Contains("aria-sort=\"descending\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Finished_ShowsNumbersBehindTheCharts()
    {
        _dashboard.Store.Put(FakeSweep.Of(1, Specifications.Small, finished: 12));

        var html = await GetAsync("/runs/1003");

        Assert.Contains("AdaGrad-Norm, b₀ = 0.01", html, StringComparison.Ordinal);
        Assert.Contains("Mini-batch loss", html, StringComparison.Ordinal);
        Assert.Contains("Numbers of this chart", html, StringComparison.Ordinal);
        Assert.Contains(new string('b', 64), html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sweeps/77")]
    [InlineData("/runs/77")]
    [InlineData("/sweeps/abc")]
    [InlineData("/nowhere")]
    public async Task Any_UnknownAddress_IsNotFoundWithAPage(string path)
    {
        var response = await _dashboard.Client.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("There is nothing here", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewSweep_Preset_FillsTheForm()
    {
        var html = await GetAsync("/sweeps/new?preset=quickstart");

        Assert.Contains("begun with Quickstart", html, StringComparison.Ordinal);
        Assert.Contains("<b>84</b> runs", Rendering.Plain(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curve_Window_HasNonFiniteValuesAsTexts()
    {
        using var json = JsonDocument.Parse(await GetAsync("/api/runs/1/curves/loss?first=3998&last=4001&points=100"));

        Assert.Equal([3998, 3999, 4000, 4001], json.RootElement.GetProperty("iterations").EnumerateArray().Select(i => i.GetInt32()));
        Assert.Equal("NaN", json.RootElement.GetProperty("maximum")[2].GetString());
        Assert.Equal(4000, json.RootElement.GetProperty("firstNonFinite").GetInt32());
        Assert.True(json.RootElement.GetProperty("isRaw").GetBoolean());
    }

    [Theory]
    [InlineData("/api/runs/-1/curves/loss", HttpStatusCode.NotFound)]
    [InlineData("/api/runs/1/curves/speed", HttpStatusCode.BadRequest)]
    [InlineData("/api/runs/1/curves/0", HttpStatusCode.BadRequest)]
    [InlineData("/api/runs/1/curves/loss?points=1", HttpStatusCode.BadRequest)]
    [InlineData("/api/runs/1/curves/loss?first=x", HttpStatusCode.BadRequest)]
    public async Task Curve_BadRequest_IsRefused(string path, HttpStatusCode expected)
    {
        var response = await _dashboard.Client.GetAsync(path, Token);

        Assert.Equal(expected, response.StatusCode);
        Assert.DoesNotContain("<html", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/css/tokens.css")]
    [InlineData("/js/curves.js")]
    [InlineData("/lib/uplot/uPlot.esm.js")]
    [InlineData("/lib/blazor/blazor.web.js")]
    [InlineData("/lib/fonts/serif-latin.woff2")]
    [InlineData("/stepsize.styles.css")]
    public async Task ClientFile_OfTheWebRoot_IsServed(string path)
    {
        var response = await _dashboard.Client.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True((await response.Content.ReadAsByteArrayAsync(Token)).Length > 500);
    }

    private async Task<string> GetAsync(string path)
    {
        var response = await _dashboard.Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Token);
    }
}
