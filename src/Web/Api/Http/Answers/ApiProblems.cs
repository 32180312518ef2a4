using Microsoft.AspNetCore.Diagnostics;
using Stepsize.Data.Database;
using Stepsize.Training.Faults;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Views.Addresses;

namespace Stepsize.Web.Api.Http.Answers;

/// <summary>
/// Whatever goes wrong under /api is answered with problem details: what a person gave wrong with every fault, what the server did wrong without its
/// insides, which only the log gets.
/// </summary>
internal sealed class ApiProblems(RequestDelegate next, ILogger<ApiProblems> log, IServiceProvider services)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(ApiRoutes.Root, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        // Programs get the API's own answer, people get a page.
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
            {
                await Problems.Of(context.Response.StatusCode, Sentence(context)).ExecuteAsync(context);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await AnswerOf(e).ExecuteAsync(context);
            if (e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
            {
                await BodyLimit.DiscardAsync(context);
            }
        }
    }

    private static string Sentence(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => $"There is nothing at {context.Request.Path}; /api lists the operations.",
        StatusCodes.Status405MethodNotAllowed =>
            $"{context.Request.Method} is not possible at {context.Request.Path}; allowed: {context.Response.Headers.Allow}.",
        StatusCodes.Status415UnsupportedMediaType => "Send JSON, with the header Content-Type: application/json.",
        _ => "The request cannot be understood; /api/openapi.json describes the operations.",
    };

    private IResult AnswerOf(Exception e)
    {
        switch (e)
        {
            case InvalidInputException invalid:
                return Problems.Invalid(invalid);
            case BodyTooLargeException large:
                return Problems.Of(large.StatusCode, large.Message);
            case BadHttpRequestException bad:
                return Problems.Of(bad.StatusCode, "The request cannot be understood; /api/openapi.json describes the operations.");
        }

        if (services.GetService<DatabaseOptions>() is { } database && DatabaseFaults.Describe(e, database) is { } reason)
        {
            log.LogError("A request to the API failed: {Reason}", reason);
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "The database cannot be used now; the server's log says why. Try again later.");
        }

        log.LogError(e, "A request to the API failed.");
        return Problems.Of(StatusCodes.Status500InternalServerError, "Something went wrong on the server; its log says what. Sweeps under way are not affected.");
    }
}
