using Microsoft.AspNetCore.Mvc;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Api.Control;

/// <summary>What the scheduler does.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder api) =>
        api.MapGet("/jobs", async (ApiQuery query, [FromServices] IJobBoard board, CancellationToken cancellation) =>
                Results.Ok((await board.ListAsync(cancellation)).Select(j => new JobAnswer { Sweep = j.SweepId, State = j.State, Since = j.Since })))
            .Describe(new ApiOperation("listJobs", ApiTags.Control, "List what the scheduler does")
            {
                Example = "/api/jobs",
                Answer = ApiAnswer.Of<IReadOnlyList<JobAnswer>>("Sweeps that train or wait, those that train first."),
            });
}

/// <summary>A sweep in the scheduler.</summary>
public sealed record JobAnswer
{
    /// <summary>The sweep.</summary>
    public required long Sweep { get; init; }

    /// <summary>Whether it trains or waits.</summary>
    public required JobState State { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset? Since { get; init; }
}
