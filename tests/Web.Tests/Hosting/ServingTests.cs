using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Stepsize.Web.Tests.Hosting;

/// <summary>What is sent is compressed, and what cannot change is kept by browsers; from a build as from a publication.</summary>
public class ServingTests(PlainDashboard shared) : IClassFixture<PlainDashboard>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "br")]
    [InlineData("/", "gzip")]
    [InlineData("/api/optimizers", "br")]
    [InlineData("/api/papers/cells", "gzip")]
    [InlineData("/exports/papers/adaloss-table-1.svg", "br")]
    [InlineData("/exports/papers/adaloss-table-1.csv", "gzip")]
    public async Task Answer_ToWhoTakesIt_IsCompressed(string path, string encoding)
    {
        var dashboard = shared.Hosted;
        using var plain = await dashboard.GetAsync(path);
        using var compressed = await dashboard.GetAsync(path, ("Accept-Encoding", encoding));

        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal([encoding], compressed.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", compressed.Headers.Vary);
        Assert.True((await compressed.Content.ReadAsByteArrayAsync(Token)).Length < (await plain.Content.ReadAsByteArrayAsync(Token)).Length);
    }

    [Fact]
    public async Task Answer_AskedForByAPageElsewhere_IsNotCompressed()
    {
        var dashboard = shared.Hosted;
        using var answer = await dashboard.GetAsync("/", ("Accept-Encoding", "br"), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Files_OfThePages_AreCompressedAndKept()
    {
        var dashboard = shared.Hosted;
        var html = await dashboard.Client.GetStringAsync("/", Token);
        var files = Regex.Matches(html, "(?:href|src)=\"([^\"]+\\.(?:css|js))\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.True(files.Count > 8, html);
        foreach (var file in files)
        {
            using var answer = await dashboard.GetAsync("/" + file, ("Accept-Encoding", "gzip, br"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(answer.Content.Headers.ContentEncoding.Count == 1, $"{file} is not compressed.");
            Assert.Equal("max-age=31536000, immutable", answer.Headers.CacheControl?.ToString());
            Assert.NotNull(answer.Headers.ETag);
        }
    }

    [Fact]
    public async Task Registries_AskedForAgain_HaveNotChanged()
    {
        var dashboard = shared.Hosted;
        foreach (var path in new[] { "/api/optimizers", "/api/workloads/quadratic-2d", "/api/presets" })
        {
            using var first = await dashboard.GetAsync(path);
            using var again = await dashboard.GetAsync(path, ("If-None-Match", first.Headers.ETag!.ToString()));

            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        }
    }
}
