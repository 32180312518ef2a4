using System.Text;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Hosting.Health;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Addresses;

namespace Stepsize.Web.Hosting;

/// <summary>Answers everything but the question whether the program lives, until the database is open and what was unfinished is taken up.</summary>
internal sealed class RecoveryNotice(RequestDelegate next, Readiness readiness)
{
    public const string Sentence = "The dashboard is starting: it takes up what was unfinished when it ended last. Nothing is lost; this takes seconds, rarely minutes.";

    // Loads itself again, without a script, and needs nothing that is not in it.
    private const string Page =
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        + "<meta http-equiv=\"refresh\" content=\"2\"><meta name=\"color-scheme\" content=\"light dark\"><title>Starting · Stepsize</title></head>"
        + "<body><main><h1>Starting</h1><p role=\"status\">" + Sentence + "</p></main></body></html>";

    public Task InvokeAsync(HttpContext context)
    {
        if (readiness.IsReady || context.Request.Path.StartsWithSegments(HealthRoutes.Root, StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.Headers.RetryAfter = "2";
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Path.StartsWithSegments(ApiRoutes.Root, StringComparison.OrdinalIgnoreCase))
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, Sentence).ExecuteAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Page, Encoding.UTF8, context.RequestAborted);
    }
}
