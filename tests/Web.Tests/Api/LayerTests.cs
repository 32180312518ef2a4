using System.Globalization;
using System.Net;
using Stepsize.Data.Sweeps;
using Stepsize.Web.Tests.Curves;
using Xunit;

namespace Stepsize.Web.Tests.Api;

/// <summary>A sweep that records its layers, launched over HTTP: rows, picture and page.</summary>
[Collection(ApiCollection.Name)]
public sealed class LayerTests(ApiServer server)
{
    private const string Specification = """
        { "name": "Bowl by layer", "workload": "quadratic-2d", "record": "layers", "iterations": 40, "optimizers": [ { "id": "sgd-constant", "values": [10] } ], "seeds": [0] }
        """;

    [Fact]
    public async Task Layers_OfARun_AreRowsAPictureAndAPartOfItsPage()
    {
        var sweep = await server.LaunchAsync(Specification);
        await server.WaitAsync(sweep, SweepStatus.Completed);
        var run = (await server.Get<ISweepStore>().FindAsync(sweep, TestContext.Current.CancellationToken))!.Runs[0].Id;

        var rows = await server.CsvAsync($"/api/runs/{run}/layers.csv?first=1&last=20");
        Assert.Equal(20, rows.Length);
        var (x1, x2) = (-5.0, -2.0);
        foreach (var row in rows)
        {
            var norm = Math.Sqrt((0.04 * x1 * x1) + (16 * x2 * x2));
            Assert.Equal("x", row["layer"]);
            Assert.Equal(1, Number(row["gradient"]) / norm, 1e-5);
            Assert.Equal(1, Number(row["update"]) / (0.1 * norm), 1e-5);
            Assert.Equal(0.1, Number(row["rate"]), 1e-6);
            Assert.Equal(0.1f, (float)Number(row["stepsize"]));
            (x1, x2) = (x1 - (0.02 * x1), x2 - (0.4 * x2));
        }

        var packet = new ReceivedPacket(await server.Client.GetByteArrayAsync(
            new Uri($"/api/runs/{run}/layers/curves?show=rate&from=5&to=9", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(rows[4..9].Select(r => (float)Number(r["rate"])), packet.Of(0, "min"));

        var page = await server.TextAsync($"/runs/{run}?layers=update&from=2&to=30");
        Assert.Contains("By layer", page, StringComparison.Ordinal);
        Assert.Contains("/layers/curves?show=update&amp;from=2&amp;to=30", page, StringComparison.Ordinal);
        Assert.Contains($"\"api/runs/{run}/layers.csv", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Layers_OfARunThatKeptNone_HaveNoRowsAndAreNotOnItsPage()
    {
        var run = (await server.Get<ISweepStore>().FindAsync(server.Sweep, TestContext.Current.CancellationToken))!.Runs[0].Id;
        Assert.Empty(await server.CsvAsync($"/api/runs/{run}/layers.csv"));
        await server.ProblemAsync("/api/runs/999999/layers.csv", HttpStatusCode.NotFound);
        Assert.DoesNotContain("By layer", await server.TextAsync($"/runs/{run}"), StringComparison.Ordinal);
        await server.ProblemAsync($"/api/runs/{run}/layers/curves?show=everything", HttpStatusCode.BadRequest);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
