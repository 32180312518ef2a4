using System.Net;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Tests;
using Stepsize.Web.Tests.Fakes;
using Xunit;

namespace Stepsize.Web.Tests.Comparison;

public sealed class ComparePageTests : IAsyncLifetime
{
    private FakeDashboard _dashboard = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _dashboard = await FakeDashboard.StartAsync();
        _dashboard.Store.Put(FakeSweep.Of(1, Specifications.Small, finished: 12));
        _dashboard.Store.Put(FakeSweep.Of(2, Specifications.Small with { BatchSize = 300, Name = "Half the batch" }, finished: 12));
    }

    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    [Fact]
    public async Task Compare_TwoSweeps_ShowsHeatmapsDifferencesAndBudgets()
    {
        var html = await GetAsync("/compare?sweeps=1.2");

        Assert.Equal(2, html.Split("test accuracy, %, end of training, by b₀, mean of 2 seeds").Length - 1);
        Assert.Contains("The protocols of A and B differ:</strong> batch size 600 in A, 300 in B.", html, StringComparison.Ordinal);
        Assert.Contains("AdaGrad-Norm, sweep 1 − AdaGrad-Norm, sweep 2, b₀ = 1\ntest accuracy 0.0 ± 0.0 points, n = 2 common seeds", html, StringComparison.Ordinal);
        Assert.Contains("2 seeds diverged on both sides", html, StringComparison.Ordinal);
        Assert.Contains("A diverged run counts as guessing (10.0 %)", html, StringComparison.Ordinal);
        Assert.Contains("href=\"compare/cells.csv?sweeps=1.2\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_OneSeed_SaysThatThereIsNoInterval()
    {
        _dashboard.Store.Put(FakeSweep.Of(3, Specifications.Small with { Seeds = [0] }, finished: 6));

        var html = await GetAsync("/compare?sweeps=3");

        Assert.Contains("one common seed, so no interval", html, StringComparison.Ordinal);
        Assert.Contains("no interval with one seed", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_Nothing_OffersSweeps()
    {
        var html = await GetAsync("/compare");

        Assert.Contains("Begin with", html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"2\">2: Half the batch (mnist-logreg)</option>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/compare?sweeps=77", "Sweep 77 is not there")]
    [InlineData("/compare?sweeps=a.b&rows=%00&a=%FF&b='\"><script>alert(1)</script>&at=<b>", "was not understood")]
    [InlineData("/compare?sweeps=1&rows=1-9&a=2-0", "There is no optimizer 1-9: those of sweep 1 are 1-0 to 1-1.")]
    [InlineData("/compare?sweeps=1.2.3.4.5.6.7.8.9.10.11", "At most 10 sweeps are compared at a time")]
    [InlineData("/compare?sweeps=1&measure=gradient-norm", "None of the sweeps has measured gradient norm")]
    public async Task Compare_AddressThatIsWrong_SaysWhatAndShowsTheRest(string path, string notice)
    {
        var html = await GetAsync(path);

        Assert.Contains("Not everything in this address can be shown", html, StringComparison.Ordinal);
        Assert.Contains(notice, html, StringComparison.Ordinal);
        Assert.Contains("What is compared", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_MarkupInTheAddress_IsText()
    {
        var raw = await _dashboard.Client.GetStringAsync("/compare?sweeps=<script>alert(1)</script>", Token);

        Assert.DoesNotContain("<script>alert", raw, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_OfSweepsAndTheirPages_LeadToTheComparison()
    {
        Assert.Contains("form=\"compare\" name=\"sweeps\" value=\"2\"", await GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains("href=\"compare?sweeps=2\"", await GetAsync("/sweeps/2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_OfAComparison_IsAFile()
    {
        var response = await _dashboard.Client.GetAsync("/compare/cells.csv?sweeps=1&sweeps=2&stat=best", Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("sweep,name,workload,optimizer,options,axis,value,measure,statistic,at,seeds,mean,halfWidth,diverged,runs\r\n", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_OfNothing_IsNotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _dashboard.Client.GetAsync("/compare/cells.csv?sweeps=77", Token)).StatusCode);

    [Fact]
    public async Task Compare_TenSweepsOfTheLargestKind_AnswersInSeconds()
    {
        for (var id = 11; id <= 20; id++)
        {
            _dashboard.Store.Put(FakeSweep.Of(id, Specifications.Large, finished: 375));
        }

        var path = "/compare?sweeps=" + string.Join('.', Enumerable.Range(11, 10));

        // 3,750 runs.
        Assert.Contains("Side by side", await InGoodTime.RunAsync(() => GetAsync(path), () => path, TimeSpan.FromSeconds(5)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_WithAPapersRuns_ShowsTheTableBesideThem()
    {
        _dashboard.Store.Put(FakeSweep.Of(4, SpecificationReader.Parse(
            """
            { "name": "AdaLip", "workload": "adalip-mnist", "epochs": 2, "evaluateAtEpochs": [1, 2], "seeds": [0, 1],
              "optimizers": [ { "id": "adam", "values": [0.001, 0.01] }, { "id": "adamlip", "values": [0.001, 0.01] } ] }
            """), finished: 8));

        var html = await GetAsync("/sweeps/4");

        Assert.Contains("Beside the paper: ", html, StringComparison.Ordinal);
        Assert.Contains("published numbers; not comparable ", html, StringComparison.Ordinal);
        Assert.Contains("length: 15 epochs published, 2 epochs here", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Beside the paper", await GetAsync("/sweeps/1"), StringComparison.Ordinal);
    }

    private async Task<string> GetAsync(string path)
    {
        var response = await _dashboard.Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return Rendering.Plain(await response.Content.ReadAsStringAsync(Token));
    }
}
