using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Stepsize.Web.Hosting.Health;

/// <summary>
/// <c>/health/live</c>, and <c>/health</c> as it was before: the program answers, so that restarting it would help nobody. <c>/health/ready</c>: it can
/// serve, its database included; 503 with a sentence otherwise.
/// </summary>
internal static class HealthRoutes
{
    public const string Root = "/health";

    public const string Live = Root + "/live";

    public const string Ready = Root + "/ready";

    private const string ReadyTag = "ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<ReadyCheck>("database", tags: [ReadyTag]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var live = new HealthCheckOptions { Predicate = _ => false };
        routes.MapHealthChecks(Root, live);
        routes.MapHealthChecks(Live, live);
        routes.MapHealthChecks(Ready, new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag), ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var reasons = string.Join(' ', report.Entries.Values.Select(e => e.Description).OfType<string>());
        return context.Response.WriteAsync(report.Status == HealthStatus.Healthy ? "Healthy" : $"{report.Status}: {reasons}", context.RequestAborted);
    }
}
