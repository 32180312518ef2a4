using System.Net;
using Stepsize.Web.Tests.Fakes;
using Xunit;

namespace Stepsize.Web.Tests.Curves;

public sealed class CurvesPageTests : IAsyncLifetime
{
    private FakeDashboard _dashboard = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _dashboard = await FakeDashboard.StartAsync(columns: new FakeColumnReader((run, i) => run - 1000 + (1f / i)));
        _dashboard.Store.Put(FakeSweep.Of(1, Specifications.Small, finished: 12));
    }

    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    [Fact]
    public async Task Page_Sweep_IsThereBeforeAnyScriptRuns()
    {
        var html = await GetAsync("/curves?sweep=1");

        Assert.Contains("12 runs of", html, StringComparison.Ordinal);
        Assert.Contains("src=\"api/curves?sweep=1&show=loss\"", html, StringComparison.Ordinal);
        Assert.Contains("data-curve-cell=\"1:0\"", html, StringComparison.Ordinal);
        Assert.Contains("All iterations as CSV", html, StringComparison.Ordinal);
        Assert.Contains("href=\"runs/1003\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AddressOfAView_ShowsIt()
    {
        var html = await GetAsync("/curves?sweep=1&show=accuracy&over=median&smooth=ema:20&x=log&from=5&to=400&hide=1&cell=0:1&low=0.1&high=0.9");

        Assert.Contains("Mini-batch accuracy, %", html, StringComparison.Ordinal);
        Assert.Contains("src=\"api/curves?sweep=1&show=accuracy&over=median&smooth=ema%3A20&from=5&to=400&x=log\"", html, StringComparison.Ordinal);
        Assert.Contains("hide=\"1\" cell=\"0:1\" low=\"0.1\" high=\"0.9\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-checked=\"false\"", html, StringComparison.Ordinal);
        Assert.Contains("Show everything", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/curves", "No runs are named")]
    [InlineData("/curves?runs=1-10000", "at most 1\u2009000 can be drawn together")]
    [InlineData("/curves?runs=%3Cscript%3E", "\"<script>\" is not a run")]
    [InlineData("/curves?runs=77", "This run does not exist; it may have been deleted")]
    [InlineData("/curves?s=unknown", "This selection is not known here")]
    [InlineData("/curves?sweep=12", "Sweep 12 has no such runs")]
    public async Task Page_WhatCannotBeShown_SaysWhy(string path, string reason)
    {
        var html = await GetAsync(path);

        Assert.Contains("These curves cannot be shown", html, StringComparison.Ordinal);
        Assert.Contains(reason, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<stepsize-curves", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_RunsOfDifferentData_SaysSo()
    {
        Assert.DoesNotContain("Mixed provenance", await GetAsync("/curves?sweep=1"), StringComparison.Ordinal);
        var sweep = FakeSweep.Of(1, Specifications.Small, finished: 12);
        var other = sweep.Runs[0].Provenance! with { DataChecksums = new Dictionary<string, string>(StringComparer.Ordinal) { ["train"] = new('c', 64) } };
        _dashboard.Store.Put(sweep with { Runs = [sweep.Runs[0] with { Provenance = other }, .. sweep.Runs.Skip(1)] });

        Assert.Contains("computed with different data (train cccccccc, train aaaaaaaa)", await GetAsync("/curves?sweep=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_SomeRunsDeleted_ShowsTheOthersAndSaysSo()
    {
        var html = await GetAsync("/curves?runs=1000,1001,5000");

        Assert.Contains("1 of the selected runs does not exist", html, StringComparison.Ordinal);
        Assert.Contains("2 runs of", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x=diagonal&y=3&hide=a.b.-4&cell=zzz&page=-3&at=now&low=a&high=b")]
    [InlineData("page=99999999999999&hide=2147483648")]
    public async Task Page_SenselessDisplayParameters_AreIgnored(string parameters)
    {
        var html = await GetAsync($"/curves?sweep=1&{parameters}");

        Assert.Contains("12 runs of", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_CellsOfSeveralSeedsRowsAndRuns_LeadToCurves()
    {
        var html = await GetAsync("/sweeps/1");

        Assert.Contains("href=\"curves?sweep=1\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"curves?sweep=1&row=1\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"curves?sweep=1&row=1&cell=0:2\"", html, StringComparison.Ordinal);
        Assert.Contains("\"api/curves?sweep=1&row=0&show=stepsize&over=mean&x=log", html, StringComparison.Ordinal);
    }

    private async Task<string> GetAsync(string path)
    {
        var response = await _dashboard.Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Rendering.Plain(await response.Content.ReadAsStringAsync(Token));
    }
}
