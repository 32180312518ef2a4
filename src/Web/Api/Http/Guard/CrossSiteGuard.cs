using Microsoft.Net.Http.Headers;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Views.Addresses;

namespace Stepsize.Web.Api.Http.Guard;

/// <summary>
/// Keeps pages of other sites from changing anything through a visitor's browser. What changes something must say that it sends JSON, which a form
/// cannot and a script of another site may not without being asked for permission, which is never given; and where the browser says from which page the
/// request comes, that must be a page of this server. Programs say nothing of the kind and are let through.
/// </summary>
internal sealed class CrossSiteGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments(ApiRoutes.Root, StringComparison.OrdinalIgnoreCase)
            || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return next(context);
        }

        if (RequestOrigin.IsElsewhere(request))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "Pages of other sites cannot change anything here.").ExecuteAsync(context);
        }

        if (IsFile(request))
        {
            return Is(request, ApiAnswer.Csv)
                ? next(context)
                : Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Send the file itself, with the header Content-Type: text/csv.").ExecuteAsync(context);
        }

        if (!HttpMethods.IsDelete(request.Method) && !HttpMethods.IsOptions(request.Method) && !Is(request, ApiAnswer.Json))
        {
            return Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Send JSON, with the header Content-Type: application/json.").ExecuteAsync(context);
        }

        return next(context);
    }

    /// <summary>Where the content of a file is sent. A form cannot send text/csv, and a script of another site not without asking, either.</summary>
    private static bool IsFile(HttpRequest request) => request.Path.Equals($"{ApiRoutes.Root}/tables/uploads", StringComparison.OrdinalIgnoreCase) && HttpMethods.IsPost(request.Method);

    private static bool Is(HttpRequest request, string expected) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
