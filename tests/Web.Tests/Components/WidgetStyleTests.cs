using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor;
using Stepsize.Web.Components.Widgets;
using Stepsize.Web.Tests.Hosting;
using Xunit;

namespace Stepsize.Web.Tests.Components;

/// <summary>The one style sheet for MudBlazor's components: its variables from our tokens, and nothing of it that would reach the rest of a page.</summary>
public sealed partial class WidgetStyleTests(PlainDashboard shared) : IClassFixture<PlainDashboard>
{
    private const int PatienceMilliseconds = 5000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Style_EveryVariableOfTheLibrarysTheme_IsGiven()
    {
        var wanted = Given().Matches(await ThemeAsync()).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var given = Given().Matches(await FileAsync(WidgetFiles.Style)).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var palette = wanted.Where(n => n.StartsWith("--mud-palette-", StringComparison.Ordinal)).ToList();

        Assert.Equal(13, palette.Count(n => n.EndsWith("-rgb", StringComparison.Ordinal)));
        Assert.True(palette.Count >= 86, $"The library's theme has {palette.Count} variables of its palette.");
        Assert.Empty(wanted.Except(given));
    }

    /// <summary>The numbers of a colour stand four times: they cannot follow the scheme as the colour does.</summary>
    [Theory]
    [InlineData("primary", "accent")]
    [InlineData("error", "bad")]
    [InlineData("success", "good")]
    [InlineData("warning", "warn")]
    [InlineData("text-primary", "ink")]
    [InlineData("text-secondary", "soft")]
    [InlineData("text-disabled", "edge")]
    [InlineData("surface", "sheet")]
    [InlineData("divider", "line")]
    public async Task Style_NumbersOfAColour_AreThoseOfItsTokenInBothSchemes(string variable, string token)
    {
        var colours = Regex.Match(await FileAsync("css/tokens.css"), $@"--{token}: light-dark\(#(\w{{6}}), #(\w{{6}})\)", RegexOptions.None, TimeSpan.FromMilliseconds(PatienceMilliseconds));
        var style = await FileAsync(WidgetFiles.Style);
        var numbers = Regex.Matches(style, $@"--mud-palette-{variable}-rgb: ([\d,]+);", RegexOptions.None, TimeSpan.FromMilliseconds(PatienceMilliseconds)).Select(m => m.Groups[1].Value);

        Assert.Contains($"--mud-palette-{variable}: var(--{token});", style, StringComparison.Ordinal);
        Assert.Equal([Numbers(colours.Groups[1].Value), Numbers(colours.Groups[2].Value), Numbers(colours.Groups[2].Value)], numbers);
    }

    /// <summary>The library styles every link, button and heading of a page; here it may style its own components alone.</summary>
    [Fact]
    public async Task Style_EverySelectorOfTheLibrary_NamesAClassOfIts()
    {
        var style = await FileAsync(WidgetFiles.Style);
        var layer = style[style.IndexOf("@layer mudblazor{", StringComparison.Ordinal)..];
        var heads = Heads().Matches(layer[(layer.IndexOf('{', StringComparison.Ordinal) + 1)..]).Select(m => m.Groups["head"].Value.Trim()).ToList();

        Assert.True(heads.Count > 100, $"Only {heads.Count} rules were found.");
        Assert.DoesNotContain(heads, h => !h.Contains("mud-", StringComparison.Ordinal) && !IsUtility().IsMatch(h));
    }

    private static string Numbers(string hex) =>
        string.Join(',', Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));

    /// <summary>What the library's own provider writes into a page.</summary>
    private static async Task<string> ThemeAsync()
    {
        await using var services = new ServiceCollection().AddLogging().AddWidgets()
            .AddSingleton<Microsoft.JSInterop.IJSRuntime>(new UnusedScript()).AddSingleton<NavigationManager>(new UnusedNavigation()).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<MudThemeProvider>()).ToHtmlString());
    }

    private Task<string> FileAsync(string path) => shared.Hosted.Client.GetStringAsync("/" + path, Token);

    [GeneratedRegex("(?<name>--mud-[a-z0-9-]+):", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, PatienceMilliseconds)]
    private static partial Regex Given();

    /// <summary>What stands before a brace, but for rules at and the steps of animations.</summary>
    [GeneratedRegex(@"(?<=[{}])(?<head>[^{}@]*[^{}@\d%][^{}@]*)\{", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, PatienceMilliseconds)]
    private static partial Regex Heads();

    [GeneratedRegex(@"^(\.(fixed|absolute|pointer-events-none|outline-none)|[\d%,\s]+|from|to)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, PatienceMilliseconds)]
    private static partial Regex IsUtility();

    private sealed class UnusedNavigation : NavigationManager
    {
        public UnusedNavigation() => Initialize("http://localhost/", "http://localhost/");
    }

    private sealed class UnusedScript : Microsoft.JSInterop.IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => default;

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => default;
    }
}
