using System.Net;
using System.Text.RegularExpressions;
using Stepsize.Training.Optimizers;
using Stepsize.Web.Components.Forms;
using Stepsize.Web.Components.Optimizers;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public sealed class OptimizersPageTests : IAsyncLifetime
{
    private FakeDashboard _dashboard = null!;

    public async ValueTask InitializeAsync() => _dashboard = await FakeDashboard.StartAsync();

    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    public static TheoryData<string> Ids => [.. OptimizerRegistry.All.Select(o => o.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Entry_OfEveryOptimizer_HasItsSourceFormulaAndOptions(string id)
    {
        var optimizer = OptimizerRegistry.Find(id)!;

        var html = await Rendering.HtmlAsync<OptimizerEntry>((nameof(OptimizerEntry.Optimizer), optimizer));

        Assert.Contains($"id=\"{id}\"", html, StringComparison.Ordinal);
        Assert.Contains($">{optimizer.Source}</p>", html, StringComparison.Ordinal);
        Assert.Contains($">{optimizer.Summary}</p>", html, StringComparison.Ordinal);
        Assert.All(FormulaText.Equations(optimizer.Formula), e => Assert.Contains($">{e}</tex-formula>", html, StringComparison.Ordinal));
        Assert.All(optimizer.Options, o =>
            Assert.Contains($">{o.Id}</code></th><td class=\"meaning\">{o.Meaning}</td><td>{o.Allowed}</td>", html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_EveryOptimizer_StandsOnItEncoded()
    {
        var raw = await RawAsync("/optimizers");

        Assert.All(OptimizerRegistry.All, o => Assert.Contains($"<article id=\"{o.Id}\"", raw, StringComparison.Ordinal));
        // "<" of what is allowed, and "&" of aligned formulas, would be markup.
        Assert.All(
            OptimizerRegistry.All.SelectMany(o => o.Options).Select(o => o.Allowed).Where(a => a.Contains('>', StringComparison.Ordinal)),
            a => Assert.Contains(WebUtility.HtmlEncode(a).Replace("&#8805;", "≥", StringComparison.Ordinal), raw, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_NothingAsked_DrawsThePublishedTrajectory()
    {
        var html = await GetAsync("/optimizers");

        Assert.Contains("after 20 steps it is at (−2.382563, −0.158591)", html, StringComparison.OrdinalIgnoreCase);
        Assert.Single(Polylines(html, "plane"));
    }

    [Fact]
    public async Task Page_StateInTheAddress_IsWhatIsDrawn()
    {
        var html = await GetAsync("/optimizers?track=adagrad-coordinate~lr~2~epsilon_inside~true&track=adagrad-norm~b0~1~eta~3&steps=20&table=true");

        Assert.Contains("at (−0.002295, −0.000000)", html, StringComparison.Ordinal);
        Assert.Equal(2, Polylines(html, "plane").Count);
        Assert.Contains("value=\"3\"", html, StringComparison.Ordinal);
        Assert.Equal(42, Regex.Count(html, "<th scope=\"row\">Ada"));
    }

    [Fact]
    public async Task Page_StepsizeAboveTheLimit_SaysThatItDiverges()
    {
        var html = await GetAsync("/optimizers?track=sgd-constant~b0~0.1&steps=200");

        Assert.Matches("Diverges: it leaves the picture at step 1; the numbers overflow at step \\d+", html);
        Assert.Contains("class=\"exit\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("track=adagrad-norm~b0~-1", "optimizers[0].values")]
    [InlineData("track=adagrad-norm~b0~x", "x")]
    [InlineData("track=adam~lr~0.1~beta1~1", "a number in [0, 1)")]
    [InlineData("start=1", "2 numbers")]
    [InlineData("coefficients=0,<b>", "<b>")]
    public async Task Page_ValueThatIsNotAllowed_IsSaidAtItsField(string query, string expected)
    {
        var html = await GetAsync("/optimizers?" + query);

        Assert.Contains("aria-invalid=\"true\"", html, StringComparison.Ordinal);
        Assert.Contains("Not drawn", html, StringComparison.Ordinal);
        Assert.True(expected.StartsWith("optimizers", StringComparison.Ordinal) || html.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("track=&track=nothing~b0~1&steps=x")]
    [InlineData("steps=-5&table=x")]
    [InlineData("track=adam~b0~3~unknown~1~~~")]
    [InlineData("track=adam&track=adam&track=adam&track=adam&steps=100000")]
    public async Task Page_AddressThatCannotBeRead_StillDraws(string query) => Assert.NotEmpty(Polylines(await GetAsync("/optimizers?" + query), "plane"));

    [Fact]
    public void Track_ToTextAndBack_IsTheSame()
    {
        var track = TrackDraft.Parse("sgd-momentum~lr~0.05~momentum~0.5~lr_decay~step~lr_decay_epochs~3, 5")!;

        Assert.Equal("sgd-momentum~lr~0.05~momentum~0.5~lr_decay~step~lr_decay_epochs~3, 5", track.ToText());
        Assert.Equal(RobustnessAxis.LearningRate, track.Axis);
    }

    private static List<string> Polylines(string html, string svg)
    {
        var from = html.IndexOf($"class=\"{svg}\"", StringComparison.Ordinal);
        var groups = html[from..html.IndexOf("class=\"start\"", from, StringComparison.Ordinal)].Split("<g class=\"track\"").Skip(1);
        return [.. groups.Where(g => g.Contains("<polyline points=\"", StringComparison.Ordinal))];
    }

    private Task<string> RawAsync(string address) => _dashboard.Client.GetStringAsync(address, TestContext.Current.CancellationToken);

    private async Task<string> GetAsync(string address) => Rendering.Plain(await RawAsync(address));
}
