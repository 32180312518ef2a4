using System.Text.RegularExpressions;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Tests.Fakes;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public sealed class PapersPageTests : IAsyncLifetime
{
    private FakeDashboard _dashboard = null!;

    public async ValueTask InitializeAsync() => _dashboard = await FakeDashboard.StartAsync();

    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    [Fact]
    public async Task Papers_NothingRun_ShowsEveryTableAsPublished()
    {
        var html = await GetAsync("/papers");

        Assert.All(PaperRegistry.Tables, t => Assert.Contains($"id=\"{t.Id}\"", html, StringComparison.Ordinal));
        Assert.Contains("289 numbers in 15 tables, 0 of them reproduced", html, StringComparison.Ordinal);
        Assert.Equal(289, Count(html, "class=\"printed"));
        Assert.Equal(289, Count(html, "class=\"ours notrun\""));
        Assert.Equal(2, Count(html, "class=\"printed none\""));
    }

    [Fact]
    public async Task Papers_SweepOfATable_StandsBesideItWithItsVerdict()
    {
        Store("d2l-adagrad-airfoil");

        var html = await GetAsync("/papers?paper=d2l2019");

        Assert.Contains("6 numbers in 2 tables", html, StringComparison.Ordinal);
        Assert.Equal(2, Count(html, "href=\"sweeps/9\" aria-label=\"[^\"]*published 0.243, here"));
        Assert.Equal(2, Count(html, "class=\"verdict (agrees|differs)\""));
        Assert.Contains("Every comparison in full", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Papers_RunsOfAnotherProtocol_NameTheDifference()
    {
        var sweep = Missing("d2l-adagrad-airfoil") with { Epochs = 5, EvaluateAtEpochs = [] };
        _dashboard.Store.Put(FakeSweep.Of(9, sweep, sweep.RunCount));

        var html = await GetAsync("/papers?paper=d2l2019");

        Assert.Contains("length: 2 epochs published, 5 epochs here <span class=\"soft\">(2 cells)</span>", html, StringComparison.Ordinal);
        Assert.Equal(2, Count(html, "class=\"verdict notcomparable\""));
    }

    [Fact]
    public async Task Papers_Launch_PreviewsExactlyTheMissingRuns()
    {
        var html = await GetAsync("/papers?launch=d2l-adagrad-2d");

        Assert.Contains("2 runs in 1 sweep:", html, StringComparison.Ordinal);
        Assert.Contains("AdaGrad-Coordinate, learning rate = 0.4, 2", html, StringComparison.Ordinal);
        Assert.Contains("Launch 2 runs", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Papers_LaunchOfATableThatIsThere_HasNothingToLaunch()
    {
        Store("d2l-adagrad-airfoil");

        var html = await GetAsync("/papers?launch=d2l-adagrad-airfoil");

        Assert.Contains("Nothing to launch.", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("Launch \\d+ runs?<", html);
    }

    [Theory]
    [InlineData("/papers?paper=unknown&launch=unknown")]
    [InlineData("/papers?paper=&launch=")]
    public async Task Papers_UnknownPaperOrTable_ShowsAll(string address) =>
        Assert.Contains("289 numbers in 15 tables", await GetAsync(address), StringComparison.Ordinal);

    private static SweepSpecification Missing(string table) => MissingRuns.Of([ProtocolRegistry.Find(table)!], RunIndex.Empty).Sweeps.Single();

    private static int Count(string html, string pattern) => Regex.Count(html, pattern, RegexOptions.None, TimeSpan.FromSeconds(5));

    private void Store(string table)
    {
        var sweep = Missing(table);
        _dashboard.Store.Put(FakeSweep.Of(9, sweep, sweep.RunCount));
    }

    private async Task<string> GetAsync(string address) =>
        Rendering.Plain(await _dashboard.Client.GetStringAsync(address, TestContext.Current.CancellationToken));
}
