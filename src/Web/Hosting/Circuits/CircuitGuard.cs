using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Guard;
using Stepsize.Web.Views.Addresses;

namespace Stepsize.Web.Hosting.Circuits;

/// <summary>
/// Stands before the connections of open pages. Browsers let any page open a web socket to anywhere, and say only from which page it comes: one of another
/// site is refused. So are new ones where there are too many.
/// </summary>
internal sealed class CircuitGuard(RequestDelegate next, CircuitConnections connections)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(ApiRoutes.Circuits, StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        if (RequestOrigin.IsElsewhere(context.Request))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "Pages of other sites cannot open a connection here.").ExecuteAsync(context);
        }

        if (Opens(context) && connections.IsFullFor(context.Connection.RemoteIpAddress))
        {
            context.Response.Headers.RetryAfter = "10";
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "Too many pages are open; close some and load this one again.").ExecuteAsync(context);
        }

        return next(context);
    }

    /// <summary>Whether a new connection is asked for: by negotiation, or by a web socket without one.</summary>
    private static bool Opens(HttpContext context) =>
        context.Request.Path.Value!.EndsWith("/negotiate", StringComparison.OrdinalIgnoreCase)
        || (context.WebSockets.IsWebSocketRequest && !context.Request.Query.ContainsKey("id"));
}
