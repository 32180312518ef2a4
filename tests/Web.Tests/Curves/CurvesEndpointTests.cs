using System.Net;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Scales;
using Xunit;

namespace Stepsize.Web.Tests.Curves;

public sealed class CurvesEndpointTests : IAsyncLifetime
{
    private FakeDashboard _dashboard = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Twelve runs of 300 iterations, 1000 to 1011; the second ends after 37, with a NaN.</summary>
    public async ValueTask InitializeAsync()
    {
        _dashboard = await FakeDashboard.StartAsync(columns: new FakeColumnReader(
            (run, i) => run == 1001 && i == 37 ? float.NaN : run == 1002 ? 5 - i : run - 1000 + (1f / i),
            run => run == 1001 ? 37 : 300));
        _dashboard.Store.Put(FakeSweep.Of(1, Specifications.Small, finished: 12));
    }

    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    [Fact]
    public async Task Get_FewIterations_HasEveryOneOfEachRun()
    {
        var packet = await GetAsync("runs=1003,1001&points=1000");

        Assert.True(packet.Header.GetProperty("isRaw").GetBoolean());
        Assert.Equal(["min"], packet.Fields);
        Assert.Equal(Enumerable.Range(1, 300), packet.Iterations);
        Assert.Equal(Enumerable.Range(1, 300).Select(i => 3 + (1f / i)), packet.Of(1, "min"));
        Assert.Equal(37, packet.Of(0, "min").Length);
        Assert.Equal(37, packet.Series[0].GetProperty("nonFinite").GetInt32());
        Assert.False(packet.Series[1].TryGetProperty("nonFinite", out _));
        Assert.Equal("runs/1001", packet.Series[0].GetProperty("address").GetString());
        Assert.Equal(0, packet.Rest);
    }

    [Fact]
    public async Task Get_ManyIterations_HasTheExtremesOfStretches()
    {
        var packet = await GetAsync("runs=1003&points=20");

        Assert.Equal(["min", "max"], packet.Fields);
        Assert.Equal(20, packet.Iterations.Count);
        Assert.Equal((4f, 3 + (1f / 300)), (packet.Of(0, "max")[0], packet.Of(0, "min")[^1]));
        Assert.All(packet.Of(0, "min").Zip(packet.Of(0, "max")), p => Assert.True(p.First <= p.Second));
    }

    [Fact]
    public async Task Get_Window_IsCutBeforeItIsSampled()
    {
        var packet = await GetAsync("runs=1003&from=100&to=110&points=20");

        Assert.True(packet.Header.GetProperty("isRaw").GetBoolean());
        Assert.Equal(Enumerable.Range(100, 11), packet.Iterations);
        Assert.Equal(300, packet.Header.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Get_OverSeeds_HasALineForEachConfiguration()
    {
        var packet = await GetAsync("sweep=1&row=1&over=mean&points=1000");
        var seeds = Specifications.Small.Seeds.Count;

        Assert.Equal(["min", "bandLow", "bandHigh", "seeds"], packet.Fields);
        Assert.Equal(Specifications.Small.Optimizers[1].Values.Count, packet.Series.Count);
        Assert.All(packet.Of(0, "seeds"), n => Assert.Equal(seeds, n));
        Assert.Equal(seeds, packet.Series[0].GetProperty("seeds").GetInt32());
        Assert.All(packet.Of(0, "min").Zip(packet.Of(0, "bandLow")), p => Assert.True(p.Second < p.First));
        Assert.StartsWith("curves?sweep=1&row=1&value=", packet.Series[0].GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, packet.Rest);
    }

    [Fact]
    public async Task Get_Smoothed_KeepsTheRawLine()
    {
        var raw = await GetAsync("runs=1003&points=1000");
        var smoothed = await GetAsync("runs=1003&points=1000&smooth=median:5");

        Assert.Equal(raw.Of(0, "min"), smoothed.Of(0, "min"));
        Assert.Equal(raw.Of(0, "min")[12], smoothed.Of(0, "smoothMin")[12], 1e-3f);
        Assert.NotEqual(raw.Of(0, "min")[0], smoothed.Of(0, "smoothMin")[0]);
    }

    [Fact]
    public async Task Get_ValuesThatALogarithmicAxisHasNoPlaceFor_AreCounted()
    {
        var packet = await GetAsync("runs=1002&from=1&to=10&points=1000");

        Assert.Equal(6, packet.Series[0].GetProperty("nonPositive").GetInt32());
    }

    [Fact]
    public async Task Get_LogarithmicIterations_KeepsTheFirstApart()
    {
        var packet = await GetAsync("runs=1003&points=20&x=log");

        Assert.Equal([1, 2, 3, 4], packet.Iterations.Take(4));
    }

    [Theory]
    [InlineData("", "No runs are named")]
    [InlineData("runs=1-10000", "10\u2009000 runs, and at most 1\u2009000")]
    [InlineData("runs=1-9223372036854775807", "at most 1\u2009000")]
    [InlineData("runs=abc", "\"abc\" is not a run")]
    [InlineData("runs=5000-5003", "None of these runs exists")]
    [InlineData("s=nothing", "This selection is not known")]
    [InlineData("sweep=99", "Sweep 99 has no such runs")]
    [InlineData("sweep=1&row=7", "row 7")]
    [InlineData("sweep=x", "is not a whole number")]
    [InlineData("sweep=1&row=0&value=-1", "greater than 0")]
    [InlineData("runs=1003&show=speed", "loss, accuracy, stepsize")]
    [InlineData("runs=1003&over=best", "mean or median")]
    [InlineData("runs=1003&smooth=ema:0", "ema:N")]
    [InlineData("runs=1003&from=9&to=3", "is after")]
    [InlineData("runs=1003&points=3", "points = 3")]
    [InlineData("runs=1003&points=1000000", "points = 1000000")]
    public async Task Get_WhatCannotBeMeant_IsRefusedWithAReason(string query, string reason)
    {
        foreach (var path in query.Contains("points", StringComparison.Ordinal) ? ["/api/curves"] : new[] { "/api/curves", "/api/curves.csv" })
        {
            var response = await _dashboard.Client.GetAsync($"{path}?{query}", Token);
            using var problem = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));

            // CSV has neither lines over seeds nor smoothing, but what is wrong is said all the same.
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(reason, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Csv_Window_HasEveryIterationOfEveryRun()
    {
        var response = await _dashboard.Client.GetAsync("/api/curves.csv?runs=1001,1003&from=36&to=38&over=mean", Token);
        var lines = (await response.Content.ReadAsStringAsync(Token)).TrimEnd().Split("\r\n");

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("run,sweep,optimizer,axis,value,seed,iteration,loss", lines[0]);
        Assert.Equal(1 + 2 + 3, lines.Length);
        Assert.StartsWith("1001,1,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",37,NaN", lines[2], StringComparison.Ordinal);
        Assert.EndsWith($",38,{3 + (1f / 38):R}", lines[^1], StringComparison.Ordinal);
    }

    private async Task<ReceivedPacket> GetAsync(string query)
    {
        var response = await _dashboard.Client.GetAsync($"/api/curves?{query}", Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new ReceivedPacket(await response.Content.ReadAsByteArrayAsync(Token));
    }
}
