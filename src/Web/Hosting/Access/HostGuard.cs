using System.Text;
using Stepsize.Web.Api.Http.Asking;

namespace Stepsize.Web.Hosting.Access;

/// <summary>Turns away requests that name a host under which the dashboard does not answer, or none.</summary>
internal sealed class HostGuard(RequestDelegate next, ProgramSettings settings)
{
    private readonly HostNames _names = HostNames.Of(settings);

    public Task InvokeAsync(HttpContext context) => _names.Allows(context.Request.Host) ? next(context) : RefuseAsync(context);

    private static Task RefuseAsync(HttpContext context)
    {
        var host = context.Request.Host;
        var sentence = host.HasValue && host.Host.Length > 0
            ? $"This dashboard does not answer under the name \"{Quoting.Short(host.Host)}\"; whoever runs it can allow it with --allowed-hosts."
            : "The request names no host; send the header Host.";
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence, Encoding.UTF8, context.RequestAborted);
    }
}
