using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Sweeps.Extension;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Http.Guard;
using Stepsize.Web.Api.Sweeps;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Api.Control;

/// <summary>Trains what is missing of a sweep, and extends it; each with a preview.</summary>
internal static class GrowthEndpoints
{
    private static readonly JsonObject ExtensionExample = new() { ["seeds"] = new JsonArray(3, 4) };

    public static void MapMissing(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sweeps/{id:long}/missing", PreviewMissingAsync).Describe(new ApiOperation("previewMissing", ApiTags.Control, "List the runs that a sweep has no result of")
        {
            Description = "Never started, failed, cancelled or deleted: exactly what POST trains.",
            Example = "/api/sweeps/1/missing",
            Answer = ApiAnswer.Of<MissingAnswer>("The missing runs, each with the reason."),
        });
        api.MapPost("/sweeps/{id:long}/missing", RunMissingAsync).Describe(new ApiOperation("runMissing", ApiTags.Control, "Train what is missing of a sweep")
        {
            Description = "With hashes, configuration hashes of the preview, only those. Nothing that has a result is trained again.",
            Example = "/api/sweeps/1/missing",
            Body = new JsonObject(),
            Answer = ApiAnswer.Of<QueuedAnswer>("The runs were queued."),
            Faults = ControlEndpoints.BodyFaults,
        }).WithMetadata(new RequestSizeLimitAttribute(HashList.MostBytes)).IsDear();
    }

    public static void MapExtension(this IEndpointRouteBuilder api)
    {
        api.MapPost("/sweeps/{id:long}/extension/preview", PreviewExtensionAsync).Describe(new ApiOperation("previewExtension", ApiTags.Control, "What an extension would add to a sweep")
        {
            Description = "Changes nothing.",
            Example = "/api/sweeps/1/extension/preview",
            Body = ExtensionExample,
            Answer = ApiAnswer.Of<ExtensionAnswer>("Which runs are there and which are new."),
            Faults = ControlEndpoints.BodyFaults,
        }).IsDear();
        api.MapPost("/sweeps/{id:long}/extension", ExtendAsync).Describe(new ApiOperation("extendSweep", ApiTags.Control, "Add optimizers, axis values, seeds or length to a sweep")
        {
            Description = "Trains only what is new: { \"optimizers\": [ { \"id\", \"values\", \"options\" } ], \"seeds\": [ … ], \"epochs\" or \"iterations\": … }, at least one of "
                + "them. A greater length makes a sweep of its own.",
            Example = "/api/sweeps/1/extension",
            Body = ExtensionExample,
            Answer = ApiAnswer.Of<SweepAnswer>("The extended sweep: the same, or the new one."),
            Faults = ControlEndpoints.BodyFaults,
        }).IsDear();
    }

    private static async Task<IResult> PreviewMissingAsync(
        long id, ApiQuery query, [FromServices] ISweepLauncher launcher, [FromServices] IRunReader reader, CancellationToken cancellation) =>
        await reader.FindSweepAsync(id, cancellation) is null
            ? Problems.NoSweep(id)
            : Results.Ok(MissingAnswer.Of(await launcher.PreviewMissingAsync(id, cancellation)));

    private static async Task<IResult> RunMissingAsync(
        long id, HttpRequest request, ApiQuery query, [FromServices] ISweepLauncher launcher, [FromServices] IRunReader reader, CancellationToken cancellation)
    {
        if (await reader.FindSweepAsync(id, cancellation) is null)
        {
            return Problems.NoSweep(id);
        }

        var hashes = HashList.Parse(await JsonBody.ReadAsync(request, cancellation));
        return await Change.TryAsync(async () => Results.Ok(new QueuedAnswer { Queued = await launcher.RunMissingAsync(id, hashes, cancellation) }));
    }

    private static async Task<IResult> PreviewExtensionAsync(
        long id, HttpRequest request, ApiQuery query, [FromServices] ISweepLauncher launcher, [FromServices] IRunReader reader, CancellationToken cancellation)
    {
        if (await reader.FindSweepAsync(id, cancellation) is null)
        {
            return Problems.NoSweep(id);
        }

        var extension = ExtensionReader.Parse(await JsonBody.ReadAsync(request, cancellation));
        return await Change.TryAsync(async () => Results.Ok(ExtensionAnswer.Of(await launcher.PreviewExtensionAsync(id, extension, cancellation))));
    }

    private static async Task<IResult> ExtendAsync(
        long id, HttpRequest request, ApiQuery query, [FromServices] ISweepLauncher launcher, [FromServices] IRunReader reader, CancellationToken cancellation)
    {
        if (await reader.FindSweepAsync(id, cancellation) is null)
        {
            return Problems.NoSweep(id);
        }

        var extension = ExtensionReader.Parse(await JsonBody.ReadAsync(request, cancellation));
        return await Change.TryAsync(async () =>
        {
            var extended = await launcher.ExtendAsync(id, extension, cancellation);
            return await reader.FindSweepAsync(extended, CancellationToken.None) is { } sweep ? Results.Ok(SweepAnswer.Of(sweep.Summary)) : Problems.NoSweep(extended);
        });
    }
}
