using System.Net;
using System.Text;
using Xunit;

namespace Stepsize.Web.Tests.Api;

/// <summary>Who trains, and what is first, over HTTP, in a program that is alone on its SQLite file.</summary>
[Collection(ApiCollection.Name)]
public sealed class WorkerTests(ApiServer server)
{
    [Fact]
    public async Task Workers_OneProgram_IsListedAndCannotBeDrained()
    {
        var worker = Assert.Single((await server.JsonAsync("/api/workers")).EnumerateArray());

        Assert.Equal(Environment.ProcessId, worker.GetProperty("process").GetInt32());
        Assert.Equal("cpu", Assert.Single(worker.GetProperty("queues").EnumerateArray()).GetString());
        Assert.StartsWith("CPU", worker.GetProperty("device").GetString(), StringComparison.Ordinal);
        var refused = await server.ProblemAsync(Post("/api/workers/0/drain", null), HttpStatusCode.Conflict);
        Assert.Contains("alone on its database", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await server.ProblemAsync(Post("/api/workers/77/drain", null), HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{ \"priority\": 101 }")]
    [InlineData("{ \"priority\": 1.5 }")]
    [InlineData("{ \"priority\": 1, \"queue\": \"gpu\" }")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("priority")]
    public async Task Priority_WhatItCannotBe_IsRefused(string body)
    {
        await server.ProblemAsync(Post($"/api/sweeps/{server.Sweep}/priority", body), HttpStatusCode.BadRequest);

        Assert.Equal(0, (await server.JsonAsync($"/api/sweeps/{server.Sweep}")).GetProperty("sweep").GetProperty("priority").GetInt32());
    }

    [Fact]
    public async Task Priority_OfASweep_IsAnsweredAndKept()
    {
        var id = await server.LaunchAsync(ApiServer.Specification);
        using var response = await server.Client.SendAsync(Post($"/api/sweeps/{id}/priority", """{ "priority": -3 }"""), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(-3, (await server.JsonAsync($"/api/sweeps/{id}")).GetProperty("sweep").GetProperty("priority").GetInt32());
        await server.ProblemAsync(Post("/api/sweeps/999999/priority", """{ "priority": 1 }"""), HttpStatusCode.NotFound);
    }

    private static HttpRequestMessage Post(string path, string? body) =>
        new(HttpMethod.Post, path) { Content = new StringContent(body ?? "", Encoding.UTF8, "application/json") };
}
