using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Training.Faults;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Sweeps;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Api.Control;

/// <summary>Who trains, and what is trained first.</summary>
internal static class WorkerEndpoints
{
    private const int MostBytes = 1000;

    public static void MapWorkers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/workers", async (ApiQuery query, [FromServices] IWorkerBoard board, CancellationToken cancellation) =>
                Results.Ok((await board.ListAsync(cancellation)).Select(WorkerAnswer.Of)))
            .Describe(new ApiOperation("listWorkers", ApiTags.Control, "List the programs that train or show")
            {
                Description = "Those that live on the database, and on PostgreSQL those that ended without a word less than an hour ago.",
                Example = "/api/workers",
                Answer = ApiAnswer.Of<IReadOnlyList<WorkerAnswer>>("Programs by name, with what each trains."),
            });
        api.MapDraining("drain", "Let a worker finish what it trains and take nothing more", draining: true);
        api.MapDraining("resume", "Let a drained worker take work again", draining: false);
        api.MapPost("/sweeps/{id:long}/priority", SetPriorityAsync).Describe(new ApiOperation("prioritizeSweep", ApiTags.Control, "Say how early a sweep's turn is")
        {
            Description = "{ \"priority\": … }, a whole number from -100 to 100: of sweeps that wait, the greater is trained first. What is being trained goes on.",
            Example = "/api/sweeps/1/priority",
            Body = new JsonObject { ["priority"] = 10 },
            Answer = ApiAnswer.Of<SweepAnswer>("The sweep as it stands."),
            Faults = ControlEndpoints.BodyFaults,
        }).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    private static void MapDraining(this IEndpointRouteBuilder api, string verb, string summary, bool draining) =>
        api.MapPost($"/workers/{{id:long}}/{verb}", async (long id, ApiQuery query, [FromServices] IWorkerBoard board, CancellationToken cancellation) =>
                (await board.ListAsync(cancellation)).Any(w => w.Id == id)
                    ? await Change.TryAsync(async () =>
                    {
                        await board.SetDrainingAsync(id, draining, cancellation);
                        return Results.NoContent();
                    })
                    : Problems.NotFound($"There is no worker {id}; GET /api/workers lists those that live."))
            .Describe(new ApiOperation(verb + "Worker", ApiTags.Control, summary)
            {
                Example = $"/api/workers/1/{verb}",
                Answer = new ApiAnswer("The worker is told, and does so within seconds.", Status: StatusCodes.Status204NoContent),
                Faults = ControlEndpoints.Faults,
            });

    private static async Task<IResult> SetPriorityAsync(
        long id, HttpRequest request, ApiQuery query, [FromServices] ISweepLauncher launcher, [FromServices] IRunReader reader, CancellationToken cancellation)
    {
        if (await reader.FindSweepAsync(id, cancellation) is null)
        {
            return Problems.NoSweep(id);
        }

        var priority = ReadPriority(await JsonBody.ReadAsync(request, cancellation));
        return await Change.TryAsync(async () =>
        {
            await launcher.SetPriorityAsync(id, priority, cancellation);
            return await reader.FindSweepAsync(id, CancellationToken.None) is { } sweep ? Results.Ok(SweepAnswer.Of(sweep.Summary)) : Problems.NoSweep(id);
        });
    }

    private static int ReadPriority(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonObject { Count: 1 } body && body["priority"] is JsonValue value && value.TryGetValue(out int priority))
            {
                return priority;
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // Not JSON, or a field twice.
        }

        throw new InvalidInputException("priority", "is missing or no whole number; send { \"priority\": 10 } and nothing else.");
    }
}

/// <summary>A program that trains or shows.</summary>
public sealed record WorkerAnswer
{
    /// <summary>What drain and resume take; 0 where the program is alone on its database.</summary>
    public required long Id { get; init; }

    /// <summary>What it was named, or its host and process.</summary>
    public required string Name { get; init; }

    /// <summary>The machine that it runs on.</summary>
    public required string Host { get; init; }

    /// <summary>Its process there.</summary>
    public required int Process { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>What it trains on; empty where it only shows.</summary>
    public required string Device { get; init; }

    /// <summary>Kinds of devices whose work it takes; empty where it only shows.</summary>
    public required IReadOnlyList<string> Queues { get; init; }

    /// <summary>Since when it runs.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last said that it lives.</summary>
    public required DateTimeOffset BeatAt { get; init; }

    /// <summary>Whether it has said nothing for so long that others take what it trained.</summary>
    public required bool Gone { get; init; }

    /// <summary>Whether it finishes what it trains and takes nothing more.</summary>
    public required bool Draining { get; init; }

    /// <summary>Iterations of all its runs together.</summary>
    public required double IterationsPerSecond { get; init; }

    /// <summary>Why it leaves work to others; null where it takes all.</summary>
    public required string? Remark { get; init; }

    /// <summary>What it trains now.</summary>
    public required IReadOnlyList<TrainedCohort> Trains { get; init; }

    internal static WorkerAnswer Of(WorkerLine line) => new()
    {
        Id = line.Id,
        Name = line.Name,
        Host = line.Host,
        Process = line.Pid,
        Version = line.Version,
        Device = line.Device,
        Queues = line.Queues,
        StartedAt = line.StartedAt,
        BeatAt = line.BeatAt,
        Gone = line.IsGone,
        Draining = line.IsDraining,
        IterationsPerSecond = line.IterationsPerSecond,
        Remark = line.Remark,
        Trains = line.Trains,
    };
}
