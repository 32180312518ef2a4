using System.Text;
using Microsoft.AspNetCore.Mvc;
using Stepsize.Data.Reports;
using Stepsize.Training.Faults;
using Stepsize.Web.Figures.Exhibits;
using Stepsize.Web.Reports;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Reports;

/// <summary>
/// <c>GET /r/{token}</c> shows a published report to whoever has its link; <c>GET /exports/reports/{id}/{version}.html</c> and <c>…/draft.html</c> give
/// its owner the same page as a file.
/// </summary>
public static class ReportEndpoints
{
    private const string Html = "text/html; charset=utf-8";

    /// <summary>One answer for links that are wrong, were revoked or have expired.</summary>
    private const string NotFoundPage =
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        + "<meta name=\"robots\" content=\"noindex\"><title>No such report</title></head><body><h1>No such report</h1>"
        + "<p>The link is not right, has expired or was withdrawn. Ask the person who gave it to you.</p></body></html>";

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/r/{token}", SharedAsync);
        routes.MapGet("/exports/reports/{id:long}/{version:int}.html", VersionAsync);
        routes.MapGet("/exports/reports/{id:long}/draft.html", DraftAsync);
    }

    private static async Task<IResult> SharedAsync(
        string token, [FromServices] IReportStore store, ReportFreshness freshness, ReportWriter writer, HttpContext context, CancellationToken cancellation)
    {
        Protect(context);
        if (await store.FindSharedAsync(token, cancellation) is not { } version)
        {
            return TypedResults.Content(NotFoundPage, Html, Encoding.UTF8, StatusCodes.Status404NotFound);
        }

        var report = ReportJson.ReadReport(version.Content);
        return TypedResults.Content(await writer.WriteAsync(version, report, await freshness.ChangedAsync(version, report, cancellation)), Html);
    }

    private static async Task<IResult> VersionAsync(
        long id, int version, [FromServices] IReportStore store, ReportPublisher publisher, ReportWriter writer, HttpContext context, CancellationToken cancellation)
    {
        if (await store.FindVersionAsync(id, version, cancellation) is not { } found)
        {
            return TypedResults.Problem($"There is no version {version} of a report {id}.", statusCode: StatusCodes.Status404NotFound);
        }

        Protect(context);
        var report = ReportJson.ReadReport(found.Content);
        return File(await writer.WriteAsync(found, report, await publisher.ChangedAsync(report, cancellation)), report.Title, $"version-{version}");
    }

    private static async Task<IResult> DraftAsync(
        long id, [FromServices] IReportStore store, ReportPublisher publisher, ReportWriter writer, TimeProvider clock, HttpContext context, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { } row)
        {
            return TypedResults.Problem($"There is no report {id}.", statusCode: StatusCodes.Status404NotFound);
        }

        try
        {
            var report = await publisher.FreezeAsync(row.Summary.Title, ReportJson.ReadBlocks(row.Draft), cancellation);
            Protect(context);
            return File(await writer.WriteAsync(report, $"Draft of {TimeText.Exact(clock.GetUtcNow())}.", []), report.Title, "draft");
        }
        catch (InvalidInputException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }

    private static IResult File(string html, string title, string standing) =>
        TypedResults.File(Encoding.UTF8.GetBytes(html), Html, Exhibit.Slug(title, standing) + ".html");

    /// <summary>Nothing may run in the page, be kept of it, find it or learn its address.</summary>
    private static void Protect(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ReportStyles.HeaderPolicy;
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
