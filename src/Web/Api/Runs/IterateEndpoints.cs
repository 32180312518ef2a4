using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Http.Rows;

namespace Stepsize.Web.Api.Runs;

/// <summary>Parameter vectors of runs that keep them.</summary>
internal static class IterateEndpoints
{
    /// <summary>For the description: how many there are follows from the problem.</summary>
    private static readonly RowColumn[] Described = [Iteration, RowColumn.Number("x1", "First parameter; x2, x3, … are the others.")];

    private static RowColumn Iteration => RowColumn.Whole("iteration", "The iteration whose step gave the parameters, counted from 1.");

    public static void MapIterates(this IEndpointRouteBuilder api) =>
        api.MapRows("/runs/{id:long}/iterates", new ApiOperation("readIterates", ApiTags.Runs, "Parameters of a run after each iteration")
        {
            Description = "For runs of sweeps with \"record\": \"iterates\"; others are answered with 404.",
            Example = "/api/runs/1/iterates",
            Answer = new ApiAnswer("A row for each iteration."),
        }, Described, RowFormat.All, format =>
            (long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, [FromServices] IIterateReader iterates, CancellationToken cancellation) =>
                ReadAsync(format, id, context, reader, iterates, cancellation));

    private static async Task<IResult> ReadAsync(
        RowFormat format, long id, HttpContext context, IRunReader reader, IIterateReader iterates, CancellationToken cancellation)
    {
        if (await reader.FindRunAsync(id, cancellation) is not { } found)
        {
            return Problems.NoRun(id);
        }

        if (EntityTag.Check(context, EntityTag.StateOf(found.Run)) is { } unchanged)
        {
            return unchanged;
        }

        if (await iterates.ReadAsync(id, cancellation) is not { } trajectory)
        {
            return Problems.NotFound($"Run {id} kept no parameters: only sweeps with \"record\": \"iterates\" do.");
        }

        RowColumn[] columns =
        [
            Iteration,
            .. Enumerable.Range(1, trajectory.Dimension).Select(i => RowColumn.Number("x" + i.ToString(CultureInfo.InvariantCulture), "A parameter.")),
        ];
        return new RowsResult(format, $"run-{id}-iterates", columns, async (rows, token) =>
        {
            for (var iteration = 1; iteration <= trajectory.Count; iteration++)
            {
                rows.BeginRow();
                rows.Whole(iteration);
                for (var i = 0; i < trajectory.Dimension; i++)
                {
                    rows.Number(trajectory.After(iteration)[i]);
                }

                await rows.EndRowAsync(token);
            }
        });
    }
}
