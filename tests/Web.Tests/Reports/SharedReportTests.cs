using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Reports;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Web.Components.Sweep;
using Stepsize.Web.Reports;
using Stepsize.Web.Tests.Fakes;
using Xunit;

namespace Stepsize.Web.Tests.Reports;

public sealed partial class SharedReportTests : IAsyncLifetime
{
    private const string Hostile = "</title><script>alert(1)</script><svg onload=alert(1)>\" onmouseover=\"alert(1)";

    private FakeDashboard _dashboard = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IReportStore Store => _dashboard.Services.GetRequiredService<IReportStore>();

    private ReportPublisher Publisher => _dashboard.Services.GetRequiredService<ReportPublisher>();

    public async ValueTask InitializeAsync()
    {
        _dashboard = await FakeDashboard.StartAsync();
        _dashboard.Store.Put(FakeSweep.Of(1, Specifications.Small, finished: 12));
    }

    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    [Fact]
    public async Task Get_PublishedReport_IsAPageOfItsOwn()
    {
        var token = await PublishAsync(AllKinds());

        var response = await _dashboard.Client.GetAsync("/r/" + token, Token);
        var html = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("noindex, nofollow, noarchive", Single(response, "X-Robots-Tag"));
        Assert.Equal("no-referrer", Single(response, "Referrer-Policy"));
        Assert.Contains("What was asked", html, StringComparison.Ordinal);
        Assert.Contains("Version 1, published 2026-03-01 12:00:00 UTC.", html, StringComparison.Ordinal);
        Assert.Equal(8, Regex.Count(html, "<figure>", RegexOptions.None, TimeSpan.FromSeconds(30)));
        Assert.Contains("<desc>Heatmap of test accuracy", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Data has changed", html, StringComparison.Ordinal);
        HostileHtml.AssertHarmless(html);
        Assert.Empty(Regex.Matches(html, "href=\"[^\"]*\"", RegexOptions.None, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Get_PublishedReport_AllowsItsOwnStyleSheetAlone()
    {
        var response = await _dashboard.Client.GetAsync("/r/" + await PublishAsync(AllKinds()), Token);
        var html = await response.Content.ReadAsStringAsync(Token);
        var sheet = Style().Match(html).Groups["css"].Value;
        var policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))}'; base-uri 'none'; form-action 'none'";

        Assert.Equal(policy + "; frame-ancestors 'none'", Single(response, "Content-Security-Policy"));
        Assert.Contains($"content=\"{policy.Replace("+", "&#x2B;", StringComparison.Ordinal)}\"".Replace("&#x2B;", "+", StringComparison.Ordinal), WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.DoesNotContain("url(", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", sheet, StringComparison.Ordinal);
        Assert.Contains("size: A4", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_TextsWithMarkupEverywhere_AreTexts()
    {
        var sweep = FakeSweep.Of(2, Specifications.Small, finished: 12);
        _dashboard.Store.Put(sweep with { Summary = sweep.Summary with { Name = Hostile } });
        var token = await PublishAsync(
            [
                new ReportBlock { Id = 1, Kind = BlockKind.Text, Markdown = Hostile },
                new ReportBlock { Id = 2, Kind = BlockKind.Heatmap, Sweep = 2, Caption = Hostile },
                new ReportBlock { Id = 3, Kind = BlockKind.Summary, Sweep = 2, Caption = Hostile },
                new ReportBlock { Id = 4, Kind = BlockKind.Curves, Sweep = 2 },
                new ReportBlock { Id = 5, Kind = BlockKind.Iterations, Runs = "2003" },
            ],
            Hostile);

        var html = await _dashboard.Client.GetStringAsync("/r/" + token, Token);

        HostileHtml.AssertHarmless(html);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WrongExpiredRevoked_IsTheSameAnswer()
    {
        var expired = await PublishAsync(AllKinds(), lifetime: TimeSpan.FromMinutes(5));
        var revoked = await PublishAsync(AllKinds());
        Assert.Equal(HttpStatusCode.OK, (await _dashboard.Client.GetAsync("/r/" + expired, Token)).StatusCode);
        await Store.RevokeAsync((await Store.ListAsync(Token)).Single(r => r.Token == revoked).Id, Token);
        _dashboard.Clock.Advance(TimeSpan.FromMinutes(5));

        string[] tokens = [expired, revoked, ReportToken.New(), "x", "..%2f", new string('a', 2000), "%c3%28", "<script>"];
        var answers = new List<string>();
        foreach (var token in tokens)
        {
            var response = await _dashboard.Client.GetAsync("/r/" + token, Token);
            answers.Add($"{(int)response.StatusCode} {response.Content.Headers} {response.Headers} {await response.Content.ReadAsStringAsync(Token)}");
        }

        Assert.StartsWith("404 ", answers[0], StringComparison.Ordinal);
        Assert.Contains("The link is not right, has expired or was withdrawn.", answers[0], StringComparison.Ordinal);
        Assert.Contains("X-Robots-Tag: noindex", answers[0], StringComparison.Ordinal);
        Assert.All(answers, a => Assert.Equal(answers[0], a));
    }

    [Fact]
    public async Task Get_RunsChangedSince_ShowsWhatWasAndSaysSo()
    {
        var token = await PublishAsync([new ReportBlock { Id = 1, Kind = BlockKind.Summary, Sweep = 1 }]);
        var before = await _dashboard.Client.GetStringAsync("/r/" + token, Token);
        var sweep = FakeSweep.Of(1, Specifications.Small, finished: 12);
        _dashboard.Store.Put(sweep with { Runs = [.. sweep.Runs.Select(r => r with { Outcome = RunOutcome.Diverged, FirstBadIteration = 1, Evaluations = [] })] });
        _dashboard.Clock.Advance(ReportFreshness.Kept);

        var after = await _dashboard.Client.GetStringAsync("/r/" + token, Token);

        Assert.Contains("Data has changed since.", after, StringComparison.Ordinal);
        Assert.Contains("sweep 1, Small &lt;b&gt;sweep", after, StringComparison.Ordinal);
        Assert.Equal(Drawing(before), Drawing(after));
        Assert.Contains("Data has changed since", Rendering.Plain(await _dashboard.Client.GetStringAsync("/reports/1", Token)), StringComparison.Ordinal);

        // Published again, it is what is now.
        var row = (await Store.FindAsync(1, Token))!;
        await Publisher.PublishAsync(1, row.Summary.Title, ReportJson.ReadBlocks(row.Draft), null, Token);
        var again = await _dashboard.Client.GetStringAsync("/r/" + token, Token);
        Assert.Contains("Version 2", again, StringComparison.Ordinal);
        Assert.DoesNotContain("Data has changed", again, StringComparison.Ordinal);
        Assert.NotEqual(Drawing(before), Drawing(again));
    }

    [Fact]
    public async Task Export_VersionAndDraft_AreFilesWithEverythingInThem()
    {
        await PublishAsync(AllKinds());

        foreach (var (path, name) in new[] { ("/exports/reports/1/1.html", "a-report-version-1.html"), ("/exports/reports/1/draft.html", "a-report-draft.html") })
        {
            var response = await _dashboard.Client.GetAsync(path, Token);
            var html = await response.Content.ReadAsStringAsync(Token);

            Assert.Equal(name, response.Content.Headers.ContentDisposition!.FileName);
            Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
            Assert.Contains("<style>", html, StringComparison.Ordinal);
            Assert.Equal(8, Regex.Count(html, "<svg ", RegexOptions.None, TimeSpan.FromSeconds(30)));
            HostileHtml.AssertHarmless(html);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await _dashboard.Client.GetAsync("/exports/reports/1/2.html", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _dashboard.Client.GetAsync("/exports/reports/9/draft.html", Token)).StatusCode);
    }

    [Fact]
    public async Task Freeze_ThingsThatAreNotThere_NamesEachWithItsBlock()
    {
        ReportBlock[] blocks =
        [
            new ReportBlock { Id = 1, Kind = BlockKind.Heatmap, Sweep = 77 },
            new ReportBlock { Id = 2, Kind = BlockKind.Iterations, Runs = "1003, x" },
            new ReportBlock { Id = 3, Kind = BlockKind.Iterations, Runs = "999999" },
            new ReportBlock { Id = 4, Kind = BlockKind.Paper, Table = "unknown" },
            new ReportBlock { Id = 5, Kind = BlockKind.Differences, Comparison = "sweeps=77" },
            new ReportBlock { Id = 6, Kind = BlockKind.Summary },
        ];

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => Publisher.FreezeAsync("A report", blocks, Token));

        Assert.Equal(["block 1", "block 2", "block 3", "block 4", "block 5", "block 6"], refused.Faults.Select(f => f.Field));
        Assert.Contains("There is no sweep 77 any more", refused.Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Freeze_MoreThanIsKept_SaysByHowMuch()
    {
        var blocks = Enumerable.Range(1, ReportLimits.Blocks + 1).Select(i => new ReportBlock { Id = i, Kind = BlockKind.Text, Markdown = new string('x', i == 1 ? ReportLimits.MarkdownLength + 1 : 1) }).ToList();

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => Publisher.FreezeAsync(new string('t', ReportLimits.TitleLength + 1), blocks, Token));

        Assert.Equal(["title", "blocks", "block 1"], refused.Faults.Select(f => f.Field));
        Assert.Contains("20\u2009001 characters, and at most 20\u2009000", refused.Faults[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Token_New_HasMoreThan128BitsAndIsNeverTheSame()
    {
        var tokens = Enumerable.Range(0, 1000).Select(_ => ReportToken.New()).ToList();

        Assert.True(ReportToken.Bytes * 8 >= 128);
        Assert.Equal(1000, tokens.Distinct().Count());
        Assert.All(tokens, t => Assert.Matches("^[A-Za-z0-9_-]{32}$", t));
    }

    [Fact]
    public async Task Pages_ReportsAndEditor_ShowWhatIsThere()
    {
        Assert.Contains("There are no reports yet", await _dashboard.Client.GetStringAsync("/reports?sweep=1", Token), StringComparison.Ordinal);
        var token = await PublishAsync(AllKinds());

        var list = Rendering.Plain(await _dashboard.Client.GetStringAsync("/reports", Token));
        var editor = Rendering.Plain(await _dashboard.Client.GetStringAsync("/reports/1", Token));

        Assert.Contains("<a href=\"reports/1\">A report</a>", list, StringComparison.Ordinal);
        Assert.Contains("version 1, just now", list, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Block 2 of 9: Heatmap\"", editor, StringComparison.Ordinal);
        Assert.Contains($"http://localhost/r/{token}", editor, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _dashboard.Client.GetAsync("/reports/9", Token)).StatusCode);
    }

    private static ReportBlock[] AllKinds() =>
    [
        new ReportBlock { Id = 1, Kind = BlockKind.Text, Markdown = "## What was asked\n\nHow *robust* is it?" },
        new ReportBlock { Id = 2, Kind = BlockKind.Heatmap, Sweep = 1, Caption = "A caption." },
        new ReportBlock { Id = 3, Kind = BlockKind.Summary, Sweep = 1, Measure = "train-loss", At = "epoch-1" },
        new ReportBlock { Id = 4, Kind = BlockKind.Curves, Sweep = 1, Stat = "best" },
        new ReportBlock { Id = 5, Kind = BlockKind.Iterations, Runs = "1003, 1004", LogarithmicY = true },
        new ReportBlock { Id = 6, Kind = BlockKind.Paper, Table = "adaloss-table-1" },
        new ReportBlock { Id = 7, Kind = BlockKind.Differences, Comparison = "http://localhost/compare?sweeps=1" },
        new ReportBlock { Id = 8, Kind = BlockKind.Budget, Comparison = "sweeps=1" },
        new ReportBlock { Id = 9, Kind = BlockKind.Profile, Sweep = 1 },
    ];

    private static string Single(HttpResponseMessage response, string header) => Assert.Single(response.Headers.GetValues(header));

    private static string Drawing(string html) => html[html.IndexOf("<svg", StringComparison.Ordinal)..html.IndexOf("</svg>", StringComparison.Ordinal)];

    [GeneratedRegex("<style>(?<css>.*?)</style>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Style();

    private async Task<string> PublishAsync(ReportBlock[] blocks, string title = "A report", TimeSpan? lifetime = null)
    {
        var id = await Store.CreateAsync(title, ReportJson.Write(blocks), Token);
        await Publisher.PublishAsync(id, title, blocks, lifetime is { } span ? _dashboard.Clock.GetUtcNow() + span : null, Token);
        return (await Store.FindAsync(id, Token))!.Summary.Token!;
    }
}
