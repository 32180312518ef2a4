using System.Net;
using System.Net.WebSockets;
using Stepsize.Web.Hosting.Circuits;
using Xunit;

namespace Stepsize.Web.Tests.Hosting;

public class CircuitGuardTests(PlainDashboard shared) : IClassFixture<PlainDashboard>
{
    private const string Negotiate = "/_blazor/negotiate?negotiateVersion=1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    public async Task Negotiation_ByAPage_IsForThoseOfThisServer(string header, string value, HttpStatusCode expected)
    {
        var dashboard = shared.Hosted;
        using var answer = await dashboard.SendAsync(HttpMethod.Post, Negotiate, (header, value));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task WebSocket_OfAPageElsewhere_IsRefused(string origin)
    {
        var dashboard = shared.Hosted;
        using var socket = new ClientWebSocket { Options = { HttpVersion = HttpVersion.Version11, CollectHttpResponseDetails = true } };
        socket.Options.SetRequestHeader("Origin", origin);

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(dashboard), Token));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task WebSockets_MoreThanAClientMayHave_AreRefusedUntilOneEnds()
    {
        var dashboard = shared.Hosted;
        var connections = dashboard.Get<CircuitConnections>();
        for (var i = 0; i < CircuitConnections.MostOfAClient; i++)
        {
            Assert.True(connections.TryEnter($"c{i}", IPAddress.Loopback));
        }

        using var refused = await dashboard.SendAsync(HttpMethod.Post, Negotiate);
        connections.Leave("c0");
        using var allowed = await dashboard.SendAsync(HttpMethod.Post, Negotiate);
        for (var i = 1; i < CircuitConnections.MostOfAClient; i++)
        {
            connections.Leave($"c{i}");
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("Too many pages are open", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Fact]
    public async Task WebSocket_OpenedAndClosed_IsCountedWhileItIsOpen()
    {
        var dashboard = shared.Hosted;
        var connections = dashboard.Get<CircuitConnections>();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(Address(dashboard), Token);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Token);
        await WaitAsync(() => connections.Count == 1);

        socket.Abort();
        await WaitAsync(() => connections.Count == 0);
    }

    [Fact]
    public void TryEnter_ManyClients_AreLimitedTogether()
    {
        var connections = new CircuitConnections();
        for (var i = 0; i < CircuitConnections.Most; i++)
        {
            Assert.True(connections.TryEnter($"c{i}", new IPAddress([10, 0, (byte)(i / 100), 1])));
        }

        Assert.True(connections.IsFullFor(IPAddress.Loopback));
        Assert.False(connections.TryEnter("one more", IPAddress.Loopback));
        connections.Leave("one more");
        connections.Leave("c7");
        connections.Leave("c7");
        Assert.True(connections.TryEnter("one more", IPAddress.Loopback));
        Assert.False(connections.TryEnter("and another", IPAddress.Loopback));
    }

    private static Uri Address(HostedDashboard dashboard) => new UriBuilder(dashboard.Client.BaseAddress!) { Scheme = "ws", Path = "/_blazor" }.Uri;

    private static async Task WaitAsync(Func<bool> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!isSo())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
