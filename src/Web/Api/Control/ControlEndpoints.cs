using Microsoft.AspNetCore.Mvc;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Runs;
using Stepsize.Web.Api.Sweeps;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Api.Control;

/// <summary>Stops, resumes, deletes and restores sweeps and runs.</summary>
internal static class ControlEndpoints
{
    public static IReadOnlyDictionary<int, string> Faults { get; } = new Dictionary<int, string>(ChangeFaults.WithoutBody)
    {
        [StatusCodes.Status409Conflict] = "That does not go with how things stand now; detail says why. Nothing was changed.",
        [StatusCodes.Status415UnsupportedMediaType] = ChangeFaults.WithBody[StatusCodes.Status415UnsupportedMediaType],
    };

    /// <summary>Of operations that are sent something.</summary>
    public static IReadOnlyDictionary<int, string> BodyFaults { get; } = Faults.Append(
        new KeyValuePair<int, string>(StatusCodes.Status413PayloadTooLarge, ChangeFaults.WithBody[StatusCodes.Status413PayloadTooLarge])).ToDictionary();

    private static readonly Dictionary<int, string> DeletionFaults = Faults.Where(f => f.Key != StatusCodes.Status415UnsupportedMediaType).ToDictionary();

    public static void MapControl(this IEndpointRouteBuilder api)
    {
        api.MapChange("pause", "Pause a sweep", "It goes on later from its checkpoints, with no iteration lost. Answered when no thread trains it any more.", (l, id, c) => l.PauseAsync(id, c));
        api.MapChange("resume", "Let a paused sweep go on", "", (l, id, c) => l.ResumeAsync(id, c));
        api.MapChange("cancel", "Stop a sweep for good", "What was trained stays. Answered when no thread trains it any more.", (l, id, c) => l.CancelAsync(id, c));
        api.MapMissing();
        api.MapExtension();
        api.MapDelete("/sweeps/{id:long}", DeleteSweepAsync).Describe(new ApiOperation("deleteSweep", ApiTags.Control, "Put a sweep into the bin")
        {
            Description = "It is stopped, and can be restored for thirty days.",
            Example = "/api/sweeps/1",
            Answer = new ApiAnswer("The sweep is in the bin.", Status: StatusCodes.Status204NoContent),
            Faults = DeletionFaults,
        });
        api.MapPost("/sweeps/{id:long}/restore", RestoreSweepAsync).Describe(new ApiOperation("restoreSweep", ApiTags.Control, "Take a sweep out of the bin")
        {
            Description = "Where it was not finished, it goes on.",
            Example = "/api/sweeps/1/restore",
            Answer = ApiAnswer.Of<SweepAnswer>("The sweep as it stands."),
            Faults = Faults,
        });
        api.MapPost("/runs/{id:long}/stop", StopRunAsync).Describe(new ApiOperation("stopRun", ApiTags.Control, "End a run as cut short")
        {
            Description = "The others of its sweep are left alone.",
            Example = "/api/runs/1/stop",
            Answer = ApiAnswer.Of<RunDetailAnswer>("The run as it stands."),
            Faults = Faults,
        });
        api.MapDelete("/runs/{id:long}", DeleteRunAsync).Describe(new ApiOperation("deleteRun", ApiTags.Control, "Put a run into the bin")
        {
            Description = "It is stopped, and can be restored for thirty days.",
            Example = "/api/runs/1",
            Answer = new ApiAnswer("The run is in the bin.", Status: StatusCodes.Status204NoContent),
            Faults = DeletionFaults,
        });
        api.MapPost("/runs/{id:long}/restore", RestoreRunAsync).Describe(new ApiOperation("restoreRun", ApiTags.Control, "Take a run out of the bin")
        {
            Example = "/api/runs/1/restore",
            Answer = ApiAnswer.Of<RunDetailAnswer>("The run as it stands."),
            Faults = Faults,
        });
        api.MapGet("/bin", ListBinAsync).Describe(new ApiOperation("listBin", ApiTags.Control, "List what can be restored")
        {
            Example = "/api/bin",
            Answer = ApiAnswer.Of<BinAnswer>("Deleted sweeps and runs, with the time at which each is removed for good."),
        });
    }

    private static void MapChange(
        this IEndpointRouteBuilder api, string verb, string summary, string description, Func<ISweepLauncher, long, CancellationToken, Task> change) =>
        api.MapPost($"/sweeps/{{id:long}}/{verb}", async (long id, ApiQuery query, [FromServices] ISweepLauncher launcher, [FromServices] IRunReader reader, CancellationToken cancellation) =>
                await reader.FindSweepAsync(id, cancellation) is null
                    ? Problems.NoSweep(id)
                    : await Change.TryAsync(async () =>
                    {
                        await change(launcher, id, cancellation);
                        return await AnswerAsync(id, reader);
                    }))
            .Describe(new ApiOperation(verb + "Sweep", ApiTags.Control, summary)
            {
                Description = description,
                Example = $"/api/sweeps/1/{verb}",
                Answer = ApiAnswer.Of<SweepAnswer>("The sweep as it stands."),
                Faults = Faults,
            });

    private static async Task<IResult> DeleteSweepAsync(
        long id, ApiQuery query, [FromServices] ISweepLauncher launcher, [FromServices] IRunReader reader, CancellationToken cancellation) =>
        await reader.FindSweepAsync(id, cancellation) is null ? Problems.NoSweep(id) : await Change.TryAsync(async () =>
        {
            await launcher.DeleteSweepAsync(id, cancellation);
            return Results.NoContent();
        });

    private static async Task<IResult> RestoreSweepAsync(
        long id, ApiQuery query, [FromServices] ISweepLauncher launcher, [FromServices] IRunReader reader, [FromServices] IBin bin, CancellationToken cancellation) =>
        await bin.FindSweepAsync(id, cancellation) is null
            ? Problems.NotFound($"There is no sweep {id} in the bin; GET /api/bin lists what is.")
            : await Change.TryAsync(async () =>
            {
                await launcher.RestoreSweepAsync(id, cancellation);
                return await AnswerAsync(id, reader);
            });

    private static async Task<IResult> StopRunAsync(
        long id, ApiQuery query, [FromServices] ISweepLauncher launcher, [FromServices] IRunReader reader, CancellationToken cancellation) =>
        await reader.FindRunAsync(id, cancellation) is null ? Problems.NoRun(id) : await Change.TryAsync(async () =>
        {
            await launcher.StopRunAsync(id, cancellation);
            return await AnswerRunAsync(id, reader);
        });

    private static async Task<IResult> DeleteRunAsync(
        long id, ApiQuery query, [FromServices] ISweepLauncher launcher, [FromServices] IRunReader reader, CancellationToken cancellation) =>
        await reader.FindRunAsync(id, cancellation) is null ? Problems.NoRun(id) : await Change.TryAsync(async () =>
        {
            await launcher.DeleteRunAsync(id, cancellation);
            return Results.NoContent();
        });

    private static async Task<IResult> RestoreRunAsync(
        long id, ApiQuery query, [FromServices] ISweepLauncher launcher, [FromServices] IRunReader reader, [FromServices] IBin bin, CancellationToken cancellation) =>
        await bin.FindRunAsync(id, cancellation) is null
            ? Problems.NotFound($"There is no run {id} in the bin by itself; GET /api/bin lists what is.")
            : await Change.TryAsync(async () =>
            {
                await launcher.RestoreRunAsync(id, cancellation);
                return await AnswerRunAsync(id, reader);
            });

    private static async Task<IResult> ListBinAsync(ApiQuery query, [FromServices] IBin bin, CancellationToken cancellation) => Results.Ok(new BinAnswer
    {
        Sweeps = await bin.ListSweepsAsync(cancellation),
        Runs = await bin.ListRunsAsync(sweepId: null, cancellation),
    });

    /// <summary>The change is made: who hung up meanwhile loses the answer alone.</summary>
    private static async Task<IResult> AnswerAsync(long id, IRunReader reader) =>
        await reader.FindSweepAsync(id, CancellationToken.None) is { } sweep ? Results.Ok(SweepAnswer.Of(sweep.Summary)) : Problems.NoSweep(id);

    private static async Task<IResult> AnswerRunAsync(long id, IRunReader reader) =>
        await reader.FindRunAsync(id, CancellationToken.None) is { } run ? Results.Ok(RunDetailAnswer.Of(run)) : Problems.NoRun(id);
}
