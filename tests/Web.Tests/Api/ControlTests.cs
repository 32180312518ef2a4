using System.Net;
using System.Text;
using System.Text.Json;
using Stepsize.Data.Sweeps;
using Xunit;

namespace Stepsize.Web.Tests.Api;

/// <summary>Sweeps are paused, resumed, cancelled, completed, extended, deleted and restored over HTTP.</summary>
[Collection(ApiCollection.Name)]
public sealed class ControlTests(ApiServer server)
{
    private const string Long =
        """
        { "name": "Long", "workload": "linreg-stochastic", "iterations": 20000,
          "optimizers": [ { "id": "adagrad-norm", "values": [0.01, 0.1, 1, 10] } ], "seeds": [0], "batchSize": 20 }
        """;

    private const string Short =
        """
        { "name": "Short", "workload": "quadratic-2d", "iterations": 50,
          "optimizers": [ { "id": "sgd-constant", "values": [1, 2] } ], "seeds": [0, 1] }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweep_PausedResumedAndCancelled_RunsWhatIsMissing()
    {
        var id = await server.LaunchAsync(Long);

        Assert.Equal("paused", Text(await PostAsync($"/api/sweeps/{id}/pause"), "status"));
        Assert.Contains(Text(await PostAsync($"/api/sweeps/{id}/resume"), "status"), new[] { "queued", "running" });
        Assert.Equal("cancelled", Text(await PostAsync($"/api/sweeps/{id}/cancel"), "status"));
        await server.ProblemAsync(Request(HttpMethod.Post, $"/api/sweeps/{id}/resume"), HttpStatusCode.Conflict);

        var missing = (await server.JsonAsync($"/api/sweeps/{id}/missing")).GetProperty("runs").EnumerateArray().ToArray();
        Assert.NotEmpty(missing);
        var point = missing[0].GetProperty("point");
        Assert.Contains(missing[0].GetProperty("reason").GetString(), new[] { "never-started", "cancelled" });
        var unknown = await server.ProblemAsync(Request(HttpMethod.Post, $"/api/sweeps/{id}/missing", """{ "hashes": ["none"] }"""), HttpStatusCode.Conflict);
        Assert.NotEmpty(unknown.GetProperty("detail").GetString()!);
        var queued = await PostAsync($"/api/sweeps/{id}/missing", $$"""{ "hashes": ["{{point.GetProperty("configurationHash").GetString()}}"] }""");
        Assert.Equal(1, queued.GetProperty("queued").GetInt32());
        await PostAsync($"/api/sweeps/{id}/cancel", orConflict: true);
        await DeleteAsync($"/api/sweeps/{id}");
    }

    [Fact]
    public async Task Sweep_Extended_TrainsOnlyWhatIsNew()
    {
        var id = await LaunchShortAsync();

        var plan = await PostAsync($"/api/sweeps/{id}/extension/preview", """{ "seeds": [1, 2] }""");
        Assert.Equal((6, 4, 2), (plan.GetProperty("runs").GetInt32(), plan.GetProperty("runsThere").GetInt32(), plan.GetProperty("new").GetArrayLength()));
        Assert.Equal(id, (await PostAsync($"/api/sweeps/{id}/extension", """{ "seeds": [1, 2] }""")).GetProperty("id").GetInt64());
        await server.WaitAsync(id, SweepStatus.Completed);
        Assert.Equal(6, (await server.JsonAsync($"/api/sweeps/{id}/runs")).GetProperty("total").GetInt32());

        await server.ProblemAsync(Request(HttpMethod.Post, $"/api/sweeps/{id}/extension", """{ "seeds": [1, 2] }"""), HttpStatusCode.Conflict);
        var faulty = await server.ProblemAsync(Request(HttpMethod.Post, $"/api/sweeps/{id}/extension", """{ "seeds": [-1], "foo": 1 }"""), HttpStatusCode.BadRequest);
        Assert.Equal(["foo", "seeds[0]"], faulty.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
    }

    [Fact]
    public async Task Sweep_Deleted_IsNowhereUntilRestored()
    {
        var id = await LaunchShortAsync();
        var run = (await server.JsonAsync($"/api/sweeps/{id}/runs")).GetProperty("items")[0].GetProperty("id").GetInt64();

        await DeleteAsync($"/api/sweeps/{id}");
        foreach (var path in new[] { $"/api/sweeps/{id}", $"/api/sweeps/{id}/runs.csv", $"/api/sweeps/{id}/heatmap", $"/api/runs/{run}", $"/api/runs/{run}/metrics.csv", $"/api/runs/{run}/curves/loss", $"/api/metrics.csv?runs={run}" })
        {
            await server.ProblemAsync(path, HttpStatusCode.NotFound);
        }

        await server.ProblemAsync(Request(HttpMethod.Delete, $"/api/sweeps/{id}"), HttpStatusCode.NotFound);
        Assert.Contains((await server.JsonAsync("/api/bin")).GetProperty("sweeps").EnumerateArray(), s => s.GetProperty("id").GetInt64() == id);
        Assert.Equal("completed", Text(await PostAsync($"/api/sweeps/{id}/restore"), "status"));
        await server.ProblemAsync(Request(HttpMethod.Post, $"/api/sweeps/{id}/restore"), HttpStatusCode.NotFound);
        Assert.Equal(4, (await server.JsonAsync($"/api/sweeps/{id}/runs")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Run_Deleted_IsMissingUntilRestored()
    {
        var id = await LaunchShortAsync();
        var before = await server.Client.GetAsync($"/api/sweeps/{id}/runs.csv", Token);
        var run = (await server.JsonAsync($"/api/sweeps/{id}/runs")).GetProperty("items")[1].GetProperty("id").GetInt64();

        await server.ProblemAsync(Request(HttpMethod.Post, $"/api/runs/{run}/stop"), HttpStatusCode.Conflict);
        await DeleteAsync($"/api/runs/{run}");
        var after = await server.Client.GetAsync($"/api/sweeps/{id}/runs.csv", Token);
        var missing = (await server.JsonAsync($"/api/sweeps/{id}/missing")).GetProperty("runs").EnumerateArray().ToArray();

        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.Equal("deleted", Assert.Single(missing).GetProperty("reason").GetString());
        Assert.Equal(run, (await PostAsync($"/api/runs/{run}/restore")).GetProperty("run").GetProperty("id").GetInt64());
        Assert.Empty((await server.JsonAsync($"/api/sweeps/{id}/missing")).GetProperty("runs").EnumerateArray());
    }

    [Theory]
    [InlineData("/api/sweeps/999/pause")]
    [InlineData("/api/sweeps/999/missing")]
    [InlineData("/api/sweeps/999/extension")]
    [InlineData("/api/sweeps/999/restore")]
    [InlineData("/api/runs/999/stop")]
    [InlineData("/api/runs/999/restore")]
    public async Task Change_NotThere_IsNotFound(string path) => await server.ProblemAsync(Request(HttpMethod.Post, path), HttpStatusCode.NotFound);

    [Fact]
    public async Task Delete_FromAnotherSite_IsRefused()
    {
        using var request = Request(HttpMethod.Delete, $"/api/sweeps/{server.Sweep}");
        request.Headers.Add("Origin", "https://evil.example");

        await server.ProblemAsync(request, HttpStatusCode.Forbidden);
        Assert.Equal("completed", (await server.JsonAsync($"/api/sweeps/{server.Sweep}")).GetProperty("sweep").GetProperty("status").GetString());
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static HttpRequestMessage Request(HttpMethod method, string path, string body = "{}") =>
        new(method, path) { Content = method == HttpMethod.Delete ? null : new StringContent(body, Encoding.UTF8, "application/json") };

    private async Task<long> LaunchShortAsync()
    {
        var id = await server.LaunchAsync(Short);
        await server.WaitAsync(id, SweepStatus.Completed);
        return id;
    }

    private async Task<JsonElement> PostAsync(string path, string body = "{}", bool orConflict = false)
    {
        using var request = Request(HttpMethod.Post, path, body);
        using var response = await server.Client.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode || (orConflict && response.StatusCode == HttpStatusCode.Conflict), $"{path}: {response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task DeleteAsync(string path)
    {
        using var response = await server.Client.DeleteAsync(path, Token);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }
}
