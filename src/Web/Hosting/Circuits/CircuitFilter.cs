using Microsoft.AspNetCore.SignalR;

namespace Stepsize.Web.Hosting.Circuits;

/// <summary>Counts connections of open pages, whatever carries them, and ends those that are too many.</summary>
internal sealed class CircuitFilter(CircuitConnections connections) : IHubFilter
{
    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (!connections.TryEnter(context.Context.ConnectionId, context.Context.GetHttpContext()?.Connection.RemoteIpAddress))
        {
            context.Context.Abort();
            return;
        }

        await next(context);
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        try
        {
            await next(context, exception);
        }
        finally
        {
            connections.Leave(context.Context.ConnectionId);
        }
    }
}
