using System.Net;
using System.Text;
using Xunit;

namespace Stepsize.Web.Tests.Api;

/// <summary>A POST with an Idempotency-Key is carried out once.</summary>
[Collection(ApiCollection.Name)]
public sealed class RepeatTests(ApiServer server)
{
    private const string Header = "Idempotency-Key";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Launch_TwiceAtOnceWithOneKey_LaunchesOnce()
    {
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(key, Named("once"))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.Status));
        Assert.Single(answers.Select(a => a.Body).Distinct());
        Assert.Single(answers.Select(a => a.Location).Distinct());
        Assert.Equal(7, answers.Count(a => a.IsReplayed));
        Assert.Equal(1, (await server.JsonAsync("/api/sweeps?search=once")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Launch_OneKeyForTwoSweeps_IsRefused()
    {
        var key = Guid.NewGuid().ToString();
        await SendAsync(key, Named("first of the key"));
        var second = await SendAsync(key, Named("second of the key"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Contains("used for another request", second.Body, StringComparison.Ordinal);
        Assert.Equal(0, (await server.JsonAsync("/api/sweeps?search=second of the key")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Launch_RefusedThenCorrected_IsCarriedOut()
    {
        var key = Guid.NewGuid().ToString();

        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(key, "{}")).Status);
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(key, Named("corrected"))).Status);
    }

    [Fact]
    public async Task Launch_WithoutAKey_LaunchesEachTime()
    {
        await SendAsync(null, Named("twice"));
        await SendAsync(null, Named("twice"));

        Assert.Equal(2, (await server.JsonAsync("/api/sweeps?search=twice")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("tab\tinside")]
    public async Task Launch_KeyThatIsNone_IsRefused(string key)
    {
        var answer = await SendAsync(key.Length > 0 ? key : new string('k', 201), Named("never"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    private static string Named(string name) => ApiServer.Specification.Replace("=Bowl, \\\"small\\\"", name, StringComparison.Ordinal).Replace("400", "100", StringComparison.Ordinal);

    private async Task<(HttpStatusCode Status, string Body, string? Location, bool IsReplayed)> SendAsync(string? key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sweeps") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation(Header, key);
        }

        using var response = await server.Client.SendAsync(request, Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token), response.Headers.Location?.ToString(), response.Headers.Contains("Idempotency-Replayed"));
    }
}
