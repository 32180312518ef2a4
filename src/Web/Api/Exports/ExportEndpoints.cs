using System.Text;
using Stepsize.Training.Analysis;
using Stepsize.Training.Faults;
using Stepsize.Web.Api.Http.Guard;
using Stepsize.Web.Figures.Exhibits;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Curves;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Exports;

/// <summary>
/// Figures and tables as files. <c>GET /exports/sweeps/{id}/{heatmap|curves|summary|profile}.{svg|csv|tex}?measure=&amp;at=&amp;stat=&amp;tolerance=&amp;axis=</c>,
/// <c>GET /exports/papers/{table}.{format}</c> and <c>GET /exports/curves.{format}?runs=1-20&amp;show=loss&amp;y=log</c> and
/// <c>GET /exports/stepsizes.{format}?sweep=&amp;window=101-200&amp;over=median&amp;axis=</c> and
/// <c>GET /exports/comparisons/{differences|budget}.{format}?sweeps=1.2&amp;axis=</c>. The query is that of the page, so that a file shows what the page shows.
/// </summary>
public static class ExportEndpoints
{
    /// <summary>A drawing may refer to nothing and run nothing, wherever it is opened.</summary>
    private const string FilePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/exports/sweeps/{id:long}/{kind}.{format}", SweepAsync).IsDear();
        routes.MapGet("/exports/stepsizes.{format}", StepsizesAsync).IsDear();
        routes.MapGet("/exports/papers/{table}.{format}", PaperAsync).IsDear();
        routes.MapGet("/exports/curves.{format}", CurvesAsync).IsDear();
        routes.MapGet("/exports/comparisons/{kind}.{format}", ComparisonAsync).IsDear();
    }

    private static async Task<IResult> SweepAsync(
        long id, string kind, string format, string? measure, string? at, string? stat, string? tolerance, string? axis, ExhibitReader exhibits, HttpContext context, CancellationToken cancellation)
    {
        if (!Enum.TryParse<SweepExhibit>(kind, ignoreCase: true, out var wanted) || char.IsAsciiDigit(kind[0]))
        {
            return Refuse($"There is no \"{kind}\" of a sweep; ask for heatmap, curves, summary or profile.");
        }

        if (tolerance is not null && ToleranceText.Fault(tolerance, MeasureText.Parse(measure)) is { } fault)
        {
            return Refuse(fault);
        }

        return IsKnown(format, out var refusal)
            ? File(await exhibits.OfSweepAsync(wanted, id, measure, at, stat, tolerance, axis, cancellation), format, $"There is no sweep {id}.", context)
            : refusal;
    }

    private static async Task<IResult> StepsizesAsync(
        string format, long sweep, string? window, string? over, string? axis, ExhibitReader exhibits, HttpContext context, CancellationToken cancellation)
    {
        if (window is not null && IterationWindow.Parse(window) is null)
        {
            return Refuse("window is a stretch of iterations such as 101-200, or one iteration such as 10.");
        }

        return IsKnown(format, out var refusal)
            ? File(await exhibits.OfStepsizesAsync(sweep, window, over, axis, cancellation), format, $"There is no sweep {sweep}.", context)
            : refusal;
    }

    private static async Task<IResult> PaperAsync(string table, string format, ExhibitReader exhibits, HttpContext context, CancellationToken cancellation) =>
        IsKnown(format, out var refusal)
            ? File(await exhibits.OfPaperAsync(table, cancellation), format, $"There is no published table \"{table}\".", context)
            : refusal;

    private static async Task<IResult> CurvesAsync(string format, string? y, ExhibitReader exhibits, HttpContext context, CancellationToken cancellation)
    {
        if (!IsKnown(format, out var refusal))
        {
            return refusal;
        }

        try
        {
            var query = CurveQuery.Parse(name => context.Request.Query[name]);
            return File(await exhibits.OfCurvesAsync(query, y == "log", cancellation), format, "", context);
        }
        catch (InvalidInputException e)
        {
            return Refuse(e.Message);
        }
    }

    private static async Task<IResult> ComparisonAsync(string kind, string format, string? axis, ExhibitReader exhibits, HttpContext context, CancellationToken cancellation)
    {
        if (kind is not ("differences" or "budget"))
        {
            return Refuse($"There is no \"{kind}\" of a comparison; ask for differences or budget.");
        }

        var address = ComparisonAddress.Parse(name => [.. context.Request.Query[name].OfType<string>()]);
        return IsKnown(format, out var refusal)
            ? File(await exhibits.OfComparisonAsync(kind == "budget", address, axis, cancellation), format, "These sweeps have nothing to compare, or are not there.", context)
            : refusal;
    }

    private static bool IsKnown(string format, out IResult refusal)
    {
        refusal = Refuse($"\"{format}\" cannot be written; ask for svg, csv or tex.");
        return format is "svg" or "csv" or "tex";
    }

    private static IResult File(Exhibit? exhibit, string format, string missing, HttpContext context)
    {
        if (exhibit is null)
        {
            return TypedResults.Problem(missing, statusCode: StatusCodes.Status404NotFound);
        }

        context.Response.Headers.ContentSecurityPolicy = FilePolicy;
        context.Response.Headers.CacheControl = "no-store";
        var (text, type) = format switch
        {
            "svg" => ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + exhibit.Svg, "image/svg+xml; charset=utf-8"),
            "csv" => (CsvText.Of(exhibit.Data), "text/csv; charset=utf-8"),
            _ => (LatexText.Of(exhibit.Shown), "application/x-tex; charset=utf-8"),
        };
        return TypedResults.File(Encoding.UTF8.GetBytes(text), type, $"{exhibit.FileName}.{format}");
    }

    private static IResult Refuse(string message) => TypedResults.Problem(message, statusCode: StatusCodes.Status400BadRequest);
}
