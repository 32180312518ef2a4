using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stepsize.Web.Hosting;
using Stepsize.Web.Hosting.Pages;
using Xunit;

namespace Stepsize.Web.Tests.Components;

/// <summary>A server in memory whose pages cannot work: nothing that they need is there.</summary>
public sealed class ServerErrorTests : IAsyncLifetime
{
    private const string Secret = "the secret in the exception";

    private WebApplication _app = null!;
    private HttpClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "stepsize", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseTestServer();
        builder.WebHost.UseStaticWebAssets();
        builder.Logging.ClearProviders();
        builder.Services.AddStepsizePages();
        _app = builder.Build();
        _app.UseSecurityHeaders();
        _app.MapStepsizePages();
        _app.MapGet("/api/failing", string () => throw new InvalidOperationException(Secret));
        _app.MapGet("/failing", string () => throw new InvalidOperationException(Secret));
        await _app.StartAsync(Token);
        _client = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sweeps/1")]
    [InlineData("/failing")]
    public async Task Page_Failing_IsAnErrorPageWithItsHeaders(string path)
    {
        using var response = await _client.GetAsync(path, Token);
        var html = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("Something went wrong on the server", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, html, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Contains("default-src 'self'", string.Join(' ', response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_Failing_IsAProblemWithoutItsInsides()
    {
        using var response = await _client.GetAsync("/api/failing", Token);
        var json = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Something went wrong on the server", json, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, json, StringComparison.Ordinal);
        Assert.Equal(["DENY"], response.Headers.GetValues("X-Frame-Options"));
    }
}
