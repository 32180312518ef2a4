using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Stepsize.Web.Tests.Api;
using Xunit;

namespace Stepsize.Web.Tests.Hosting;

/// <summary>Below a path, everything that a page or an answer leads to stays below it.</summary>
public class BasePathTests(BasePathTests.BelowAPath shared) : IClassFixture<BasePathTests.BelowAPath>
{
    private const string Base = "/stepsize";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/sweeps/new")]
    [InlineData("/optimizers")]
    [InlineData("/papers")]
    [InlineData("/datasets")]
    [InlineData("/compare")]
    [InlineData("/reports")]
    [InlineData("/jobs")]
    [InlineData("/bin")]
    [InlineData("/api")]
    [InlineData("/nowhere")]
    [InlineData("/sweeps/1")]
    [InlineData("/curves?sweep=1")]
    [InlineData("/runs/1")]
    public async Task Page_BelowAPath_LeadsNowhereElse(string path)
    {
        var dashboard = shared.Hosted;

        // A proxy may pass the path on or take it away.
        foreach (var asked in new[] { Base + path, path })
        {
            var html = await (await dashboard.GetAsync(asked)).Content.ReadAsStringAsync(Token);

            Assert.Contains($"<base href=\"{Base}/\"", html, StringComparison.Ordinal);
            foreach (var address in Regex.Matches(html, "(?:href|src|action|page)=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)))
            {
                var resolved = new Uri(new Uri($"http://localhost{Base}/"), address);
                Assert.True(resolved.Host != "localhost" || resolved.AbsolutePath.StartsWith(Base + "/", StringComparison.Ordinal), $"{asked} leads to {address}");
            }
        }
    }

    [Fact]
    public async Task Files_OfAPage_AreThere()
    {
        var dashboard = shared.Hosted;
        var html = await dashboard.Client.GetStringAsync(Base + "/", Token);

        var files = Regex.Matches(html, "(?:href|src)=\"([^\"]+\\.(?:css|js|svg))\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Groups[1].Value).ToList();
        Assert.True(files.Count > 8, html);
        Assert.All(await Task.WhenAll(files.Select(f => dashboard.GetAsync($"{Base}/{f}"))), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Path_WithoutItsSlash_IsCompleted()
    {
        var dashboard = shared.Hosted;
        using var answer = await dashboard.GetAsync(Base + "?show=20");

        Assert.Equal((HttpStatusCode.Redirect, Base + "/?show=20"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Api_BelowAPath_AnswersWithItsAddresses()
    {
        var dashboard = shared.Hosted;

        Assert.Equal($"{Base}/api/sweeps/1", shared.FirstSweep);
        using var document = JsonDocument.Parse(await dashboard.Client.GetStringAsync($"{Base}/api/openapi.json", Token));
        Assert.Equal(Base, document.RootElement.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.Contains($"{dashboard.Client.BaseAddress!.Authority}{Base}/api/sweeps", await dashboard.Client.GetStringAsync($"{Base}/api", Token), StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_OfPages_HoldNoAddressFromTheRoot()
    {
        var root = RepositoryRoot();
        var found = new[] { "src/Web/Components", "src/Web/Hosting/Pages", "src/Web/Reports" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.*", SearchOption.AllDirectories))
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".razor.cs", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select((line, i) => (File: Path.GetRelativePath(root, file), Line: i + 1, Text: line)))
            .Where(l => !l.Text.StartsWith("@page", StringComparison.Ordinal)
                && Regex.IsMatch(l.Text, "(href|src|action|page|Path)=\"(@\\()?(\\$\")?/|NavigateTo\\(\\$?\"/|\\$\"/(sweeps|runs|curves|api|exports|papers|reports|compare)", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Select(l => $"{l.File}({l.Line}): {l.Text.Trim()}")
            .ToList();

        Assert.True(found.Count == 0, "Write addresses relative to the document's base, without the slash before them:" + Environment.NewLine + string.Join(Environment.NewLine, found));
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dashboard.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }

    /// <summary>A dashboard below a path, with a sweep.</summary>
    public sealed class BelowAPath() : SharedDashboard(s => s with { PathBase = Base })
    {
        /// <summary>Address that the launch was answered with.</summary>
        public string? FirstSweep { get; private set; }

        protected override async Task PrepareAsync()
        {
            using var content = new StringContent(ApiServer.Specification, Encoding.UTF8, "application/json");
            using var answer = await Hosted.Client.PostAsync($"{Base}/api/sweeps", content);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            FirstSweep = answer.Headers.Location?.ToString();
        }
    }
}
