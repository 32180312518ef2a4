using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stepsize.Web.Hosting;
using Stepsize.Web.Hosting.Access;
using Xunit;

namespace Stepsize.Web.Tests.Hosting;

/// <summary>A name that was made to point here is told from the dashboard's own.</summary>
public class HostNamesTests(HostNamesTests.OnEveryAddress shared) : IClassFixture<HostNamesTests.OnEveryAddress>
{
    private const string Loopback = "http://127.0.0.1:5080";

    private const string Everywhere = "http://0.0.0.0:8080";

    [Theory]
    [InlineData(Loopback, null, "localhost:5080", true)]
    [InlineData(Loopback, null, "LocalHost", true)]
    [InlineData(Loopback, null, "127.0.0.1:5080", true)]
    [InlineData(Loopback, null, "[::1]:5080", true)]
    [InlineData(Loopback, null, "evil.example", false)]
    [InlineData(Loopback, null, "192.168.1.5", false)]
    [InlineData(Loopback, null, "localhost.evil.example", false)]
    [InlineData(Loopback, null, "", false)]
    [InlineData(Loopback, null, ":5080", false)]
    [InlineData(Loopback, null, "a b", false)]
    [InlineData(Loopback, "stepsize.example.org", "stepsize.example.org", true)]
    [InlineData(Loopback, "stepsize.example.org", "STEPSIZE.example.org:443", true)]
    [InlineData(Loopback, "stepsize.example.org", "localhost", true)]
    [InlineData(Loopback, "stepsize.example.org", "example.org", false)]
    [InlineData(Loopback, "stepsize.example.org", "192.168.1.5", false)]
    [InlineData(Loopback, "*.example.org", "a.b.example.org", true)]
    [InlineData(Loopback, "*.example.org", "example.org", false)]
    [InlineData(Loopback, "*.example.org", "evilexample.org", false)]
    [InlineData(Loopback, "192.168.1.5", "192.168.1.5:80", true)]
    [InlineData(Loopback, "*", "anything.example", true)]
    [InlineData(Loopback, "*", "", false)]
    [InlineData(Everywhere, null, "localhost:5080", true)]
    [InlineData(Everywhere, null, "127.0.0.1:5080", true)]
    [InlineData(Everywhere, null, "192.168.1.5:8080", true)]
    [InlineData(Everywhere, null, "[fe80::1]:8080", true)]
    [InlineData(Everywhere, null, "evil.example", false)]
    [InlineData("http://lab.example.org:80", null, "lab.example.org", true)]
    [InlineData("http://lab.example.org:80", null, "evil.example", false)]
    public void Allows_HostOfARequest_IsOneOfTheDashboards(string urls, string? allowed, string host, bool expected)
    {
        var settings = new ProgramSettings { Urls = urls, Database = "x.db", Threads = 1, AllowedHosts = allowed?.Split(';') };

        Assert.Equal(expected, HostNames.Of(settings).Allows(new HostString(host)));
    }

    [Fact]
    public void Allows_OwnNameWhereOthersReachIt_IsAllowed()
    {
        var settings = new ProgramSettings { Urls = Everywhere, Database = "x.db", Threads = 1 };

        Assert.True(HostNames.Of(settings).Allows(new HostString(Environment.MachineName.ToUpperInvariant(), 8080)));
    }

    [Theory]
    [InlineData("Host: evil.example", "HTTP/1.1 400")]
    [InlineData("Host: ", "HTTP/1.1 400")]
    [InlineData("Host: evil.example\r\nX-Forwarded-Host: localhost", "HTTP/1.1 400")]
    [InlineData("Host: localhost", "HTTP/1.1 200")]
    public async Task Request_BoundToEveryAddress_IsCheckedTheSame(string headers, string expected) =>
        Assert.StartsWith(expected, await RawAsync(shared.Hosted, $"GET /health/live HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Request_WithoutAHost_IsRefused() =>
        Assert.Contains(" 400 ", await RawAsync(shared.Hosted, "GET /health/live HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);

    private static async Task<string> RawAsync(HostedDashboard dashboard, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, dashboard.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A dashboard that other machines reach, as in a container, behind a proxy on this one.</summary>
    public sealed class OnEveryAddress() : SharedDashboard(s => s with { Urls = "http://0.0.0.0:0", KnownProxies = ["127.0.0.1"] });
}
