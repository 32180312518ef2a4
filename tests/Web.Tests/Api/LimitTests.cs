using System.Net;
using System.Net.Sockets;
using System.Text;
using Stepsize.Training.Tests;
using Stepsize.Web.Api.Http.Asking;
using Xunit;

namespace Stepsize.Web.Tests.Api;

/// <summary>Large bodies and many faults are refused soon, with a sentence, on a connection that stays.</summary>
[Collection(ApiCollection.Name)]
public sealed class LimitTests(ApiServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/sweeps", 8)]
    [InlineData("/api/sweeps", 64)]
    [InlineData("/api/sweeps/1/pause", 8)]
    [InlineData("/api/nothing", 8)]
    [InlineData("/", 8)]
    public async Task Post_BodyLargerThanIsRead_IsRefusedWithASentence(string path, int mebibytes)
    {
        var problem = await InGoodTime.RunAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(new byte[mebibytes << 20]) { Headers = { ContentType = new("application/json") } } };
                return await server.ProblemAsync(request, HttpStatusCode.RequestEntityTooLarge);
            },
            () => path);

        Assert.Contains("at most 1 MiB are read", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 8388608")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task Post_SenderThatReadsNothingBeforeItHasSent_StillGetsTheAnswer(string framing)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port, Token);
        await using var stream = client.GetStream();
        var isChunked = framing.Contains("chunked", StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/sweeps HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nConnection: close\r\n{framing}\r\n\r\n"), Token);
        var piece = new byte[1 << 16];
        for (var sent = 0; sent < 8 << 20; sent += piece.Length)
        {
            await stream.WriteAsync(isChunked ? [.. Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"), .. piece, .. "\r\n"u8] : piece, Token);
        }

        await stream.WriteAsync(isChunked ? Encoding.ASCII.GetBytes("0\r\n\r\n") : Array.Empty<byte>(), Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(Token);

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("at most 1 MiB are read", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_NinetyThousandUnknownFields_NamesAHundredAndCountsTheRest()
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, 90_000).Select(i => $"\"f{i}\":1")) + "}";
        Assert.InRange(body.Length, 900_000, BodyLimit.Usual);
        var problem = await InGoodTime.RunAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sweeps") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                return await server.ProblemAsync(request, HttpStatusCode.BadRequest);
            },
            () => "90,000 unknown fields");

        Assert.Equal(100, problem.GetProperty("errors").EnumerateObject().Count());
        // Name, workload and optimizers are missing too.
        Assert.EndsWith("And 90000 more: errors has the first 100.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.InRange(problem.GetRawText().Length, 1, 300_000);
    }

    [Theory]
    [InlineData("""{ "hashes": [ "\ud800" ] }""")]
    [InlineData("""{ "\ud800": 1 }""")]
    public async Task Missing_HalfASurrogatePair_IsRefused(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/sweeps/{server.Sweep}/missing") { Content = new StringContent(body, Encoding.UTF8, "application/json") };

        await server.ProblemAsync(request, HttpStatusCode.BadRequest);
    }
}
