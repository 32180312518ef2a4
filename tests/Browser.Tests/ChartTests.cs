using System.Diagnostics;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

/// <summary>Logarithmic charts over any range that numbers of 64 bits have.</summary>
public sealed class ChartTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    /// <summary>A frozen page never answers; a busy machine is slow.</summary>
    private const int PatienceMilliseconds = 15_000;

    private const string BelowAnyFloat =
        """
        { "name": "converges below 1e-22", "workload": "quadratic-2d", "iterations": 1500, "seeds": [0],
          "optimizers": [ { "id": "sgd-constant", "values": [10] } ] }
        """;

    [Fact]
    public async Task Curves_LossesFarBelowTheUsual_AreDrawnAndAnswered()
    {
        await LaunchAsync(BelowAnyFloat);
        await Expect(Page.GetByText("1 of 1 runs")).ToBeVisibleAsync();
        var sweep = Page.Url.Split('/')[^1];
        await Page.GotoAsync($"/curves?sweep={sweep}");
        await Expect(Page.Locator("stepsize-curves[drawn] .curves-readout")).ToContainTextAsync("1 line, iterations 1 to 1", Soon());

        await Page.GotoAsync($"/curves?sweep={sweep}&low=1e-320&high=1e300");
        await Expect(Page.Locator("stepsize-curves[drawn] .curves-readout")).ToContainTextAsync("1 line, iterations 1 to 1", Soon());

        await Page.GotoAsync($"/sweeps/{sweep}");
        await Page.Locator("a[data-cell]").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "SGD constant, b₀ = 10" })).ToBeVisibleAsync();
        await Page.GotoAsync(Page.Url + "?loss=log");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Mini-batch loss" }).Locator("[data-readout]")).ToContainTextAsync("iterations 1 to 1", Soon());
        Assert.Equal(2, await Page.EvaluateAsync<int>("1 + 1"));
    }

    [Theory]
    [InlineData("1e-320", "1e300")]
    [InlineData("5e-324", "1.7976931348623157e308")]
    [InlineData("5e-324", "1e-323")]
    [InlineData("1e-22", "1e-21")]
    [InlineData("0.1", "0.10000000000000002")]
    public async Task RunChart_AnyPositiveRange_IsDrawnWithinASecondOrSo(string low, string high)
    {
        await LaunchAsync(Sweeps.Bowl);
        await Expect(Page.GetByText("6 of 6 runs")).ToBeVisibleAsync();
        await Page.Locator("a[data-cell]").First.ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "SGD constant, b₀ = 0.1" })).ToBeVisibleAsync();
        var run = Page.Url;
        await Page.RouteAsync("**/curves/loss**", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = $$"""{"iterations":[1,20,40],"minimum":[{{low}},{{low}},{{low}}],"maximum":[{{high}},{{high}},{{low}}],"isRaw":false,"total":40,"firstNonFinite":null}""",
        }));

        var clock = Stopwatch.StartNew();
        await Page.GotoAsync(run + "?loss=log");
        var loss = Page.GetByRole(AriaRole.Region, new() { Name = "Mini-batch loss" });
        await Expect(loss.Locator("[data-readout]")).ToHaveTextAsync("iterations 1 to 40 of 40, smallest and largest of each stretch", new() { Timeout = PatienceMilliseconds });
        await Expect(loss.Locator("canvas")).ToBeVisibleAsync(new() { Timeout = PatienceMilliseconds });
        Assert.InRange(clock.ElapsedMilliseconds, 0, PatienceMilliseconds);
    }

    [Fact]
    public async Task Axis_SixHundredDecades_HasTicksAtDecadesAndEndsAtOnce()
    {
        await Page.GotoAsync("/");
        var ticks = await Page.EvaluateAsync<string[]>(
            "async () => { const { Axis } = await import('/js/curves/axis.js'); return new Axis(1e-320, 1e300, true).ticks(10).map(t => `${t.label} at ${t.at.toFixed(3)}`); }");

        Assert.Equal(["1e-300 at 0.032", "1e-200 at 0.194", "1e-100 at 0.355", "1 at 0.516", "1e100 at 0.677", "1e200 at 0.839", "1e300 at 1.000"], ticks);
    }

    [Theory]
    [InlineData("3e15, 3.04e15, false", "3.000e15 3.005e15 3.010e15 3.015e15 3.020e15 3.025e15 3.030e15 3.035e15 3.040e15")]
    [InlineData("0, 3, false", "0.0 0.5 1.0 1.5 2.0 2.5 3.0")]
    [InlineData("1, 3, false, true", "1 2 3")]
    [InlineData("0.3, 40, true", "0.5 1 2 5 10 20")]
    public async Task Axis_Labels_TellTheirTicksApart(string axis, string expected)
    {
        await Page.GotoAsync("/");
        var labels = await Page.EvaluateAsync<string>(
            $"async () => {{ const {{ Axis }} = await import('/js/curves/axis.js'); return new Axis({axis}).ticks(8).map(t => t.label).filter(l => l).join(' '); }}");

        Assert.Equal(expected, labels);
    }

    private static LocatorAssertionsToContainTextOptions Soon() => new() { Timeout = PatienceMilliseconds };
}
