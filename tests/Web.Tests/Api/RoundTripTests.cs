using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Sweeps;
using Xunit;

namespace Stepsize.Web.Tests.Api;

/// <summary>What was launched over HTTP is read back in every format, and is what the store holds.</summary>
[Collection(ApiCollection.Name)]
public sealed class RoundTripTests(ApiServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_Launched_IsReadBack()
    {
        var detail = await StoredAsync();
        var answer = await server.JsonAsync($"/api/sweeps/{server.Sweep}");

        Assert.Equal("=Bowl, \"small\"", answer.GetProperty("sweep").GetProperty("name").GetString());
        Assert.Equal("completed", answer.GetProperty("sweep").GetProperty("status").GetString());
        Assert.Equal(detail.Summary.RunsDiverged, answer.GetProperty("sweep").GetProperty("runsDiverged").GetInt32());
        Assert.Equal(["end", "iteration-100"], answer.GetProperty("moments").EnumerateArray().Select(m => m.GetString()!).Order());
        Assert.Equal(["train-loss", "gradient-norm"], answer.GetProperty("measures").EnumerateArray().Select(m => m.GetString()));
        Assert.Equal(400, answer.GetProperty("specification").GetProperty("iterations").GetInt32());
    }

    [Fact]
    public async Task Sweeps_Csv_KeepsNamesFromBeingFormulas()
    {
        var csv = await server.TextAsync("/api/sweeps.csv?search=bowl");

        Assert.Contains($"{server.Sweep},\"'=Bowl, \"\"small\"\"\",quadratic-2d,completed,10,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_EveryFormat_IsWhatTheStoreHolds()
    {
        var stored = (await StoredAsync()).Runs;
        var json = (await server.JsonAsync($"/api/sweeps/{server.Sweep}/runs")).GetProperty("items").EnumerateArray().ToArray();
        var lines = await server.LinesAsync($"/api/sweeps/{server.Sweep}/runs.jsonl");
        var csv = await server.CsvAsync($"/api/sweeps/{server.Sweep}/runs.csv");

        Assert.Equal((stored.Count, stored.Count, stored.Count), (json.Length, lines.Length, csv.Length));
        for (var i = 0; i < stored.Count; i++)
        {
            var (run, loss) = (stored[i], stored[i].Evaluations[^1].Evaluation.TrainLoss);
            Assert.Equal(run.Id, json[i].GetProperty("id").GetInt64());
            Assert.Equal(run.Id, lines[i].GetProperty("run").GetInt64());
            Assert.Equal(run.ConfigurationHash, csv[i]["configurationHash"]);
            Assert.Equal(loss, Number(json[i].GetProperty("lastEvaluation").GetProperty("trainLoss")));
            Assert.Equal(loss, Number(lines[i].GetProperty("trainLoss")));
            Assert.Equal(loss, Number(csv[i]["trainLoss"]));
            Assert.Equal(run.Outcome == RunOutcome.Diverged ? "diverged" : "finished", csv[i]["outcome"]);
            Assert.Equal("", csv[i]["testAccuracy"]);
            Assert.Equal(JsonValueKind.Null, lines[i].GetProperty("testAccuracy").ValueKind);
        }

        Assert.Contains(csv, r => r["outcome"] == "diverged");
    }

    [Fact]
    public async Task Evaluations_EveryFormat_IsWhatTheStoreHolds()
    {
        var points = (await StoredAsync()).Runs.SelectMany(r => r.Evaluations.Select(e => (r.Id, e.Iteration, e.Evaluation.GradientNorm))).ToArray();
        var json = await server.JsonAsync($"/api/sweeps/{server.Sweep}/evaluations");
        var lines = await server.LinesAsync($"/api/sweeps/{server.Sweep}/evaluations.jsonl");
        var csv = await server.CsvAsync($"/api/sweeps/{server.Sweep}/evaluations.csv");
        var run = await server.CsvAsync($"/api/runs/{points[0].Id}/evaluations.csv");

        Assert.Equal(points, json.EnumerateArray().Select(Point));
        Assert.Equal(points, lines.Select(Point));
        Assert.Equal(points, csv.Select(r => (long.Parse(r["run"], CultureInfo.InvariantCulture), int.Parse(r["iteration"], CultureInfo.InvariantCulture), Number(r["gradientNorm"]))));
        Assert.Equal(points.Where(p => p.Id == points[0].Id).Select(p => p.GradientNorm), run.Select(r => Number(r["gradientNorm"])));

        static (long, int, double) Point(JsonElement e) => (e.GetProperty("run").GetInt64(), e.GetProperty("iteration").GetInt32(), Number(e.GetProperty("gradientNorm")));
    }

    [Fact]
    public async Task Metrics_OfARun_AreWhatTheStoreHolds()
    {
        var run = (await StoredAsync()).Runs.First(r => r.Outcome == RunOutcome.Diverged);
        var curve = await server.Get<ICurveReader>().ReadAsync(run.Id, MetricColumn.Loss, 5, 60, 1000, Token);
        var json = await server.JsonAsync($"/api/runs/{run.Id}/metrics?first=5&last=60");
        var lines = await server.LinesAsync($"/api/runs/{run.Id}/metrics.jsonl?first=5&last=60");
        var csv = await server.CsvAsync($"/api/runs/{run.Id}/metrics.csv?first=5&last=60");

        Assert.True(curve!.IsRaw && json.GetProperty("isRaw").GetBoolean());
        Assert.Contains(curve.Minimum, v => !float.IsFinite(v));
        Assert.Equal(curve.FirstNonFinite, json.GetProperty("loss").GetProperty("firstNonFinite").GetInt32());
        Assert.Equal(curve.Iterations, json.GetProperty("iterations").EnumerateArray().Select(i => i.GetInt32()));
        Assert.Equal(curve.Minimum, json.GetProperty("loss").GetProperty("values").EnumerateArray().Select(v => (float)Number(v)));
        Assert.Equal(curve.Minimum, lines.Select(l => (float)Number(l.GetProperty("loss"))));
        Assert.Equal(curve.Minimum, csv.Select(r => float.Parse(r["loss"], CultureInfo.InvariantCulture)));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("accuracy").ValueKind);
    }

    [Fact]
    public async Task Metrics_FewPoints_AreTheEnvelopeOfTheCharts()
    {
        var run = (await StoredAsync()).Runs.First(r => r.Outcome == RunOutcome.Finished);
        var curve = await server.Get<ICurveReader>().ReadAsync(run.Id, MetricColumn.Loss, null, null, 20, Token);
        var json = await server.JsonAsync($"/api/runs/{run.Id}/metrics?points=20");
        var csv = await server.CsvAsync($"/api/runs/{run.Id}/metrics.csv?points=20");

        Assert.False(json.GetProperty("isRaw").GetBoolean());
        Assert.Equal(curve!.Maximum, json.GetProperty("loss").GetProperty("maximum").EnumerateArray().Select(v => (float)Number(v)));
        Assert.Equal(curve.Minimum, csv.Select(r => float.Parse(r["lossMinimum"], CultureInfo.InvariantCulture)));
        Assert.Equal(curve.Iterations, csv.Select(r => int.Parse(r["iteration"], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Metrics_OfManyRuns_AreAllIterationsOfEach()
    {
        var detail = await StoredAsync();
        var sweep = await server.CsvAsync($"/api/sweeps/{server.Sweep}/metrics.csv");
        var chosen = await server.LinesAsync($"/api/metrics.jsonl?runs={detail.Runs[2].Id},{detail.Runs[0].Id}&last=2");

        Assert.Equal(
            detail.Runs.Select(r => (r.Id, r.Iterations)),
            sweep.GroupBy(r => long.Parse(r["run"], CultureInfo.InvariantCulture)).Select(g => (g.Key, g.Count())));
        Assert.Equal(
            [(detail.Runs[0].Id, 1), (detail.Runs[0].Id, 2), (detail.Runs[2].Id, 1), (detail.Runs[2].Id, 2)],
            chosen.Select(l => (l.GetProperty("run").GetInt64(), l.GetProperty("iteration").GetInt32())));
    }

    [Fact]
    public async Task Iterates_EveryFormat_AreWhatTheStoreHolds()
    {
        var run = (await StoredAsync()).Runs[^1];
        var stored = (await server.Get<IIterateReader>().ReadAsync(run.Id, Token))!.Values.Chunk(2).Select(x => (x[0], x[1])).ToArray();
        var json = await server.JsonAsync($"/api/runs/{run.Id}/iterates");
        var lines = await server.LinesAsync($"/api/runs/{run.Id}/iterates.jsonl");
        var csv = await server.CsvAsync($"/api/runs/{run.Id}/iterates.csv");

        Assert.Equal(400, stored.Length);
        Assert.Equal(stored, json.EnumerateArray().Select(r => (Number(r.GetProperty("x1")), Number(r.GetProperty("x2")))));
        Assert.Equal(stored, lines.Select(r => (Number(r.GetProperty("x1")), Number(r.GetProperty("x2")))));
        Assert.Equal(stored, csv.Select(r => (Number(r["x1"]), Number(r["x2"]))));
    }

    [Fact]
    public async Task Heatmap_AndRobustness_AreThoseOfThePage()
    {
        var view = SweepView.Of(await StoredAsync(), Measure.GradientNorm, "iteration-100");
        var query = "?measure=gradient-norm&at=iteration-100";
        var heatmap = await server.JsonAsync($"/api/sweeps/{server.Sweep}/heatmap{query}");
        var cells = await server.CsvAsync($"/api/sweeps/{server.Sweep}/heatmap.csv{query}");
        var robustness = await server.JsonAsync($"/api/sweeps/{server.Sweep}/robustness{query}");
        var rows = await server.LinesAsync($"/api/sweeps/{server.Sweep}/robustness.jsonl{query}");

        var expected = view.Grids.SelectMany(g => g.Rows).SelectMany(r => r.Cells).Select(c => (c.AxisValue, c.Value?.Mean, c.Diverged)).ToArray();
        Assert.Equal(expected, heatmap.GetProperty("grids").EnumerateArray().SelectMany(g => g.GetProperty("rows").EnumerateArray())
            .SelectMany(r => r.GetProperty("cells").EnumerateArray())
            .Select(c => (Number(c.GetProperty("value")), NumberOrNull(c.GetProperty("mean")), c.GetProperty("diverged").GetInt32())));
        Assert.Equal(expected.Select(e => e.Mean), cells.Select(c => c["mean"].Length == 0 ? (double?)null : Number(c["mean"])));
        Assert.Contains(cells, c => c["state"] == "missing");
        Assert.Equal(view.Summaries.Select(s => s.Best), robustness.GetProperty("rows").EnumerateArray().Select(r => NumberOrNull(r.GetProperty("best")) ?? double.NaN));
        Assert.Equal(view.Summaries.Select(s => (s.Worst, s.Runs)), rows.Select(r => (NumberOrNull(r.GetProperty("worst")) ?? double.NaN, r.GetProperty("runs").GetInt32())));
    }

    [Fact]
    public async Task Comparison_OfTwoOptimizers_IsThatOfThePage()
    {
        var address = new ComparisonAddress
        {
            Sweeps = [server.Sweep], A = new ComparisonSide(server.Sweep, 1), B = new ComparisonSide(server.Sweep, 0), Measure = Measure.TrainLoss, InDecades = true,
        };
        var view = ComparisonView.Of(address, [await StoredAsync()]);
        var query = $"?sweeps={server.Sweep}&a={server.Sweep}-1&b={server.Sweep}-0&measure=train-loss&scale=decades";
        var json = await server.JsonAsync("/api/compare" + query);
        var csv = await server.CsvAsync("/api/compare/differences.csv" + query);
        var budgets = await server.LinesAsync("/api/compare/budgets.jsonl" + query);

        var expected = view.Difference!.Grids[0].Rows[0].Cells.Select(c => c.Value?.Mean).ToArray();
        Assert.Contains(expected, e => e is not null);
        Assert.Equal(expected, json.GetProperty("difference").GetProperty("grids")[0].GetProperty("rows")[0].GetProperty("cells").EnumerateArray()
            .Select(c => c.GetProperty("difference") is { ValueKind: JsonValueKind.Object } d ? Number(d.GetProperty("mean")) : (double?)null));
        Assert.Equal(expected, csv.Select(r => r["difference"].Length == 0 ? (double?)null : Number(r["difference"])));
        Assert.Equal(view.Budgets.SelectMany(b => b.Points.Select(p => p.Expected)), budgets.Select(b => NumberOrNull(b.GetProperty("expected")) ?? double.PositiveInfinity));
        Assert.Equal(2, json.GetProperty("heatmaps")[0].GetProperty("grids")[0].GetProperty("rows").GetArrayLength());
    }

    [Theory]
    [InlineData("best")]
    [InlineData("last-50")]
    public async Task Heatmap_Statistic_IsThatOfThePage(string statistic)
    {
        var view = SweepView.Of(await StoredAsync(), Measure.TrainLoss, "end", RunStatistic.Parse(statistic));
        var cells = await server.CsvAsync($"/api/sweeps/{server.Sweep}/heatmap.csv?stat={statistic}");

        Assert.Equal(
            view.Grids.SelectMany(g => g.Rows).SelectMany(r => r.Cells).Select(c => c.Value?.Mean),
            cells.Select(c => c["mean"].Length == 0 ? (double?)null : Number(c["mean"])));
    }

    [Fact]
    public async Task Answer_Unchanged_IsNotSentAgain()
    {
        var path = $"/api/sweeps/{server.Sweep}/heatmap";
        using var first = await server.Client.GetAsync(path, Token);
        using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await server.Client.SendAsync(again, Token);
        using var other = new HttpRequestMessage(HttpMethod.Get, path + "?at=iteration-100") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var third = await server.Client.SendAsync(other, Token);

        Assert.Equal((HttpStatusCode.NotModified, 0), (second.StatusCode, (await second.Content.ReadAsByteArrayAsync(Token)).Length));
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Downloads_OfThePages_AreThere()
    {
        var run = (await StoredAsync()).Runs[0].Id;
        string[] links =
        [
            .. (await LinksAsync($"/sweeps/{server.Sweep}")).Where(l => l.StartsWith($"api/sweeps/{server.Sweep}/", StringComparison.Ordinal)),
            .. (await LinksAsync($"/runs/{run}")).Where(l => l.StartsWith($"api/runs/{run}/", StringComparison.Ordinal)),
        ];

        Assert.Equal(12, links.Length);
        foreach (var link in links)
        {
            using var response = await server.Client.GetAsync(link, Token);
            Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
            Assert.EndsWith(Path.GetExtension(link), response.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        }

        async Task<IEnumerable<string>> LinksAsync(string page) =>
            Regex.Matches(await server.TextAsync(page), "href=\"([^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Groups[1].Value);
    }

    [Fact]
    public async Task Runs_FilterAndPage_AreTheRunsMeant()
    {
        var stored = (await StoredAsync()).Runs;
        var filtered = await server.LinesAsync($"/api/sweeps/{server.Sweep}/runs.jsonl?optimizer=sgd-constant&value=0.4,1e1&seed=1");
        var page = await server.JsonAsync($"/api/sweeps/{server.Sweep}/runs?outcome=finished&limit=2&offset=1");

        Assert.Equal(stored.Where(r => r.Row == 0 && r.Seed == 1 && r.AxisValue != 2).Select(r => r.Id), filtered.Select(l => l.GetProperty("run").GetInt64()));
        var converged = stored.Where(r => r.Outcome == RunOutcome.Finished).ToArray();
        Assert.Equal(converged.Length, page.GetProperty("total").GetInt32());
        Assert.Equal(converged.Skip(1).Take(2).Select(r => r.Id), page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("id").GetInt64()));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.String ? Number(value.GetString()!) : value.GetDouble();

    private static double? NumberOrNull(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : Number(value);

    private async Task<SweepDetail> StoredAsync() => (await server.Get<ISweepStore>().FindAsync(server.Sweep, Token))!;
}
