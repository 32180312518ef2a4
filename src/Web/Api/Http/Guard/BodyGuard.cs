using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Views.Addresses;

namespace Stepsize.Web.Api.Http.Guard;

/// <summary>
/// Refuses a body that says it is larger than what its address takes, wherever it is sent, before anything reads of it. One that does not say how large
/// it is meets the same limit where it is read.
/// </summary>
internal sealed class BodyGuard(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // A circuit's messages have a limit of their own.
        var most = BodyLimit.Of(context);
        if (context.Request.ContentLength > most && !context.Request.Path.StartsWithSegments(ApiRoutes.Circuits, StringComparison.OrdinalIgnoreCase))
        {
            await Problems.Of(StatusCodes.Status413PayloadTooLarge, new BodyTooLargeException(most).Message).ExecuteAsync(context);
            await BodyLimit.DiscardAsync(context);
            return;
        }

        await next(context);
    }
}
