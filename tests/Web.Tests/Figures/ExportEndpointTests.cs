using System.Net;
using System.Xml.Linq;
using Stepsize.Web.Tests.Fakes;
using Xunit;

namespace Stepsize.Web.Tests.Figures;

public sealed class ExportEndpointTests(ExportEndpointTests.Dashboard dashboard) : IClassFixture<ExportEndpointTests.Dashboard>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/exports/sweeps/1/heatmap.svg?measure=train-loss&at=epoch-1", "image/svg+xml", "small-b-sweep-b-more-heatmap-b0-train-loss-epoch-1.svg", "train loss, epoch 1")]
    [InlineData("/exports/sweeps/1/curves.svg", "image/svg+xml", "small-b-sweep-b-more-curves-b0-test-accuracy-end.svg", "test accuracy, %, end of training")]
    [InlineData("/exports/sweeps/1/summary.svg", "image/svg+xml", "small-b-sweep-b-more-robustness-test-accuracy-end.svg", "within 2 points")]
    [InlineData("/exports/sweeps/1/summary.csv", "text/csv", "small-b-sweep-b-more-robustness-test-accuracy-end.csv", "AdaGrad-Norm,test accuracy,end of training,b0,2,0.")]
    [InlineData("/exports/sweeps/1/profile.svg", "image/svg+xml", "small-b-sweep-b-more-tolerance-profile-test-accuracy-end.svg", "tolerance, points of accuracy")]
    [InlineData("/exports/sweeps/1/profile.csv", "text/csv", "small-b-sweep-b-more-tolerance-profile-test-accuracy-end.csv", "AdaGrad-Norm,own,test accuracy,0,0,")]
    [InlineData("/exports/sweeps/1/heatmap.tex", "application/x-tex", "small-b-sweep-b-more-heatmap-b0-test-accuracy-end.tex", "\\toprule")]
    [InlineData("/exports/papers/adaloss-table-1.tex", "application/x-tex", "adaloss-table-1.tex", "90.65 $\\pm$ 0.09")]
    [InlineData("/exports/papers/adaloss-table-1.svg", "image/svg+xml", "adaloss-table-1.svg", "90.65")]
    [InlineData("/exports/comparisons/differences.svg?sweeps=1&a=1-1&b=1-0", "image/svg+xml", "difference-1-1-1-0-test-accuracy-b0.svg", "AdaGrad-Norm minus SGD constant")]
    [InlineData("/exports/comparisons/budget.tex?sweeps=1", "application/x-tex", "tuning-budget-test-accuracy-end.tex", "3 tried")]
    [InlineData("/exports/curves.csv?runs=1003-1004", "text/csv", "small-b-sweep-b-more-loss.csv", "1,AdaGrad-Norm,b0,0.01,\"AdaGrad-Norm, b₀ = 0.01, seed 0\",1,")]
    [InlineData("/exports/curves.svg?sweep=1&over=mean&smooth=ema:10&show=stepsize&x=log&y=log", "image/svg+xml", "small-b-sweep-b-more-stepsize.svg", "effective stepsize")]
    public async Task Get_AnyExport_IsAFileThatShowsTheView(string address, string type, string name, string content)
    {
        var response = await dashboard.Client.GetAsync(address, Token);
        var text = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(name, response.Content.Headers.ContentDisposition.FileName);
        Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains(content, text, StringComparison.Ordinal);
        if (type == "image/svg+xml")
        {
            Assert.Equal("svg", XDocument.Parse(text).Root!.Name.LocalName);
        }
    }

    [Theory]
    [InlineData("/exports/sweeps/77/heatmap.svg", HttpStatusCode.NotFound)]
    [InlineData("/exports/sweeps/1/heatmap.exe", HttpStatusCode.BadRequest)]
    [InlineData("/exports/sweeps/1/weather.svg", HttpStatusCode.BadRequest)]
    [InlineData("/exports/sweeps/1/0.svg", HttpStatusCode.BadRequest)]
    [InlineData("/exports/papers/unknown.csv", HttpStatusCode.NotFound)]
    [InlineData("/exports/curves.csv", HttpStatusCode.BadRequest)]
    [InlineData("/exports/curves.csv?runs=1,x", HttpStatusCode.BadRequest)]
    [InlineData("/exports/curves.csv?runs=999999", HttpStatusCode.BadRequest)]
    [InlineData("/exports/curves.exe?runs=1003", HttpStatusCode.BadRequest)]
    [InlineData("/exports/comparisons/differences.svg?sweeps=77", HttpStatusCode.NotFound)]
    [InlineData("/exports/comparisons/weather.svg?sweeps=1", HttpStatusCode.BadRequest)]
    public async Task Get_WhatIsNotThere_IsRefusedWithAReason(string address, HttpStatusCode expected)
    {
        var response = await dashboard.Client.GetAsync(address, Token);

        Assert.Equal(expected, response.StatusCode);
        Assert.Contains("\"detail\":", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/exports/sweeps/1/heatmap.svg?measure=%00&at=%ff&axis=<script>")]
    [InlineData("/exports/sweeps/1/curves.csv?measure=unknown&at=epoch-99&axis=lr")]
    public async Task Get_UnknownView_ShowsTheSweepsFirst(string address)
    {
        var text = await dashboard.Client.GetStringAsync(address, Token);

        Assert.Contains("end of training", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_WithFigures_LinkToTheirFilesWithTheView()
    {
        var sweep = await dashboard.Client.GetStringAsync("/sweeps/1?measure=train-loss&at=epoch-1", Token);

        Assert.Contains("href=\"exports/sweeps/1/heatmap.svg?measure=train-loss&amp;at=epoch-1\"", sweep, StringComparison.Ordinal);
        Assert.Contains("href=\"exports/sweeps/1/curves.csv?measure=train-loss&amp;at=epoch-1\"", sweep, StringComparison.Ordinal);
        Assert.Contains("href=\"exports/sweeps/1/summary.tex?measure=train-loss&amp;at=epoch-1\"", sweep, StringComparison.Ordinal);
        Assert.Contains("href=\"exports/papers/adaloss-table-1.svg\"", await dashboard.Client.GetStringAsync("/papers", Token), StringComparison.Ordinal);
    }

    /// <summary>One for all tests, which only read.</summary>
    public sealed class Dashboard : IAsyncLifetime
    {
        private FakeDashboard _dashboard = null!;

        public HttpClient Client => _dashboard.Client;

        public async ValueTask InitializeAsync()
        {
            _dashboard = await FakeDashboard.StartAsync();
            _dashboard.Store.Put(FakeSweep.Of(1, Specifications.Small, finished: 12));
        }

        public ValueTask DisposeAsync() => _dashboard.DisposeAsync();
    }
}
