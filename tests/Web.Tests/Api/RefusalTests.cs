using System.Net;
using System.Text;
using System.Text.Json;
using Stepsize.Web.Api.Http.Asking;
using Xunit;

namespace Stepsize.Web.Tests.Api;

/// <summary>What cannot be done is said as a problem, with every fault.</summary>
[Collection(ApiCollection.Name)]
public sealed class RefusalTests(ApiServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/sweeps/999")]
    [InlineData("/api/sweeps/999/runs")]
    [InlineData("/api/sweeps/999/runs.csv")]
    [InlineData("/api/sweeps/999/metrics.csv")]
    [InlineData("/api/sweeps/999/heatmap")]
    [InlineData("/api/sweeps/-1")]
    [InlineData("/api/sweeps/99999999999999999999999")]
    [InlineData("/api/sweeps/abc")]
    [InlineData("/api/runs/999")]
    [InlineData("/api/runs/999/metrics")]
    [InlineData("/api/runs/999/iterates.csv")]
    [InlineData("/api/metrics.csv?runs=1,999")]
    [InlineData("/api/compare?sweeps=1,999")]
    [InlineData("/api/optimizers/none")]
    [InlineData("/api/papers/tables/none")]
    [InlineData("/api/nothing")]
    public async Task Read_NotThere_IsNotFound(string path) => await server.ProblemAsync(path, HttpStatusCode.NotFound);

    [Theory]
    [InlineData("/runs?limit=0&offset=-1&seed=a,1,b&outcome=lost&foo=1", "limit", "offset", "seed", "outcome", "foo")]
    [InlineData("/runs?optimizer=adam&row=9", "optimizer", "row")]
    [InlineData("/runs.csv?limit=5", "limit")]
    [InlineData("/robustness?tolerance=101", "tolerance")]
    [InlineData("/robustness.csv?tolerance=x0.5", "tolerance")]
    [InlineData("/heatmap?measure=speed", "measure")]
    [InlineData("/heatmap?measure=test-accuracy&at=epoch-9", "measure", "at")]
    [InlineData("/metrics.csv?first=9&last=3", "last")]
    [InlineData("/metrics.csv?points=1&first=1&first=2", "points", "first")]
    public async Task Read_MalformedQuery_NamesEveryFault(string path, params string[] fields)
    {
        var problem = await server.ProblemAsync($"/api/sweeps/{server.Sweep}{path}", HttpStatusCode.BadRequest);

        Assert.Equal(fields.Order(), problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
    }

    [Theory]
    [InlineData("", "is missing")]
    [InlineData("?runs=5-1", "is not a run")]
    [InlineData("?runs=1-20000", "give at most 10000")]
    [InlineData("?runs=1-9223372036854775807", "give at most 10000")]
    public async Task MetricsOfRuns_NoSelection_SaysWhatToGive(string query, string expected)
    {
        var problem = await server.ProblemAsync("/api/metrics.csv" + query, HttpStatusCode.BadRequest);

        Assert.Contains(expected, problem.GetProperty("errors").GetProperty("runs")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "sweeps")]
    [InlineData("?sweeps=1,2,3,4,5,6,7,8,9,10,11&stat=worst", "stat", "sweeps")]
    [InlineData("?sweeps=1,x&a=q&scale=log&rows=3", "a", "rows", "scale", "sweeps")]
    public async Task Compare_MalformedQuery_NamesEveryFault(string query, params string[] fields)
    {
        var problem = await server.ProblemAsync("/api/compare" + query, HttpStatusCode.BadRequest);

        Assert.Equal(fields, problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
    }

    [Fact]
    public async Task Launch_FaultySpecification_NamesEveryFieldAndStoresNothing()
    {
        var before = (await server.JsonAsync("/api/sweeps")).GetProperty("total").GetInt32();
        using var request = Json("""{ "name": "x", "workload": "none", "optimizers": [ { "id": "sgd-constant", "values": [0, -1] } ], "seeds": [] }""");
        var problem = await server.ProblemAsync(request, HttpStatusCode.BadRequest);

        var errors = problem.GetProperty("errors");
        Assert.Contains("allowed: ", errors.GetProperty("workload")[0].GetString(), StringComparison.Ordinal);
        Assert.True(errors.TryGetProperty("optimizers[0].values[0]", out _));
        Assert.True(errors.TryGetProperty("optimizers[0].values[1]", out _));
        Assert.True(errors.TryGetProperty("seeds", out _));
        Assert.Equal(before, (await server.JsonAsync("/api/sweeps")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("null")]
    public async Task Launch_NoSpecification_SaysSo(string body)
    {
        using var request = Json(body);
        var problem = await server.ProblemAsync(request, HttpStatusCode.BadRequest);

        Assert.True(problem.GetProperty("errors").TryGetProperty("body", out _));
    }

    [Fact]
    public async Task Launch_NotUtf8_IsRefused()
    {
        using var request = Json("");
        request.Content = new ByteArrayContent([(byte)'{', 0xff, (byte)'}']) { Headers = { ContentType = new("application/json") } };

        var problem = await server.ProblemAsync(request, HttpStatusCode.BadRequest);

        Assert.Contains("UTF-8", problem.GetProperty("errors").GetProperty("body")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_TooLarge_IsRefused()
    {
        using var request = Json(new string(' ', BodyLimit.Usual + 1));

        await server.ProblemAsync(request, HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Launch_FromAnotherSite_IsRefused(string header, string value)
    {
        using var request = Json(ApiServer.Specification);
        request.Headers.Add(header, value);

        await server.ProblemAsync(request, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Launch_FromAPageOfThisServer_IsLetThrough()
    {
        using var request = Json("{}");
        request.Headers.Add("Origin", server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        await server.ProblemAsync(request, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task Launch_AsAFormSends_IsRefused(string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sweeps") { Content = new StringContent(ApiServer.Specification, Encoding.UTF8, type) };

        await server.ProblemAsync(request, HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Preflight_FromAnotherSite_GetsNoPermission()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/sweeps");
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using var response = await server.Client.SendAsync(request, Token);

        Assert.False(response.IsSuccessStatusCode);
        Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Method_NotPossible_SaysWhichAre()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/sweeps/{server.Sweep}/runs") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        var problem = await server.ProblemAsync(request, HttpStatusCode.MethodNotAllowed);

        Assert.Contains("GET", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Json(string body) => new(HttpMethod.Post, "/api/sweeps") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
