using Microsoft.AspNetCore.Mvc;
using Stepsize.Data.Sweeps;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Http.Rows;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Runs;

/// <summary>Lists and reads runs and their evaluations.</summary>
internal static class RunEndpoints
{
    private static readonly RowColumn[] RunTable =
    [
        .. RunColumns.Keys,
        RowColumn.Text("configurationHash", "Names what it computes: equal in every database."),
        RowColumn.Text("status", "Where it stands."),
        RowColumn.Text("outcome", "How it ended."),
        RowColumn.Whole("firstBadIteration", "First iteration whose loss or parameters were NaN or infinite."),
        RowColumn.Whole("iterations", "Iterations made."),
        RowColumn.Whole("iterationsPlanned", "Iterations it was meant to make."),
        RowColumn.Number("seconds", "Seconds of a thread; where runs are trained together, the run's share."),
        RowColumn.Text("error", "Why it failed."),
        .. EvaluationColumns.All,
    ];

    private static readonly RowColumn[] EvaluationTable = [.. RunColumns.Keys, .. EvaluationColumns.All];

    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sweeps/{id:long}/runs", ListAsync).Describe(new ApiOperation("listRuns", ApiTags.Runs, "List the runs of a sweep")
        {
            Description = "In the order of the grid: seed by seed, optimizer by optimizer, axis value by axis value.",
            Query = [.. RunParameters.All, PageParameters.Limit, PageParameters.Offset],
            Example = "/api/sweeps/1/runs?outcome=diverged&limit=20",
            Answer = ApiAnswer.Of<ApiPage<RunAnswer>>("Runs, each with its last evaluation."),
        });
        api.MapRows("/sweeps/{id:long}/runs", new ApiOperation("exportRuns", ApiTags.Runs, "Runs of a sweep")
        {
            Query = RunParameters.All,
            Example = "/api/sweeps/1/runs",
            Answer = new ApiAnswer("A row for each run, with its last evaluation."),
        }, RunTable, RowFormat.Downloads, format => (long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, CancellationToken cancellation) =>
            ExportRunsAsync(format, id, context, query, reader, cancellation));
        api.MapRows("/sweeps/{id:long}/evaluations", new ApiOperation("readEvaluationsOfSweep", ApiTags.Runs, "Evaluations of a sweep's runs")
        {
            Query = RunParameters.All,
            Example = "/api/sweeps/1/evaluations?seed=0",
            Answer = new ApiAnswer("A row for each evaluation, run by run."),
        }, EvaluationTable, RowFormat.All, format => (long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, CancellationToken cancellation) =>
            ExportEvaluationsAsync(format, id, context, query, reader, cancellation));
        api.MapGet("/runs/{id:long}", ReadAsync).Describe(new ApiOperation("readRun", ApiTags.Runs, "Read a run")
        {
            Example = "/api/runs/1",
            Answer = ApiAnswer.Of<RunDetailAnswer>("The run with its evaluations and what it was computed with."),
        });
        api.MapRows("/runs/{id:long}/evaluations", new ApiOperation("readEvaluations", ApiTags.Runs, "Evaluations of a run")
        {
            Example = "/api/runs/1/evaluations",
            Answer = new ApiAnswer("A row for each evaluation, by iteration."),
        }, EvaluationColumns.All, RowFormat.All, format => (long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, CancellationToken cancellation) =>
            ReadEvaluationsAsync(format, id, context, query, reader, cancellation));
        api.MapIterates();
    }

    private static async Task<IResult> ListAsync(long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, CancellationToken cancellation)
    {
        if (await reader.FindSweepAsync(id, cancellation) is not { } sweep)
        {
            return Problems.NoSweep(id);
        }

        var filter = RunParameters.Of(query, sweep.Specification);
        var (offset, limit) = PageParameters.Of(query);
        if (EntityTag.Check(context, EntityTag.StateOf(sweep.Summary)) is { } unchanged)
        {
            return unchanged;
        }

        var page = await reader.ReadPageAsync(id, filter, offset, limit, cancellation);
        return Results.Ok(new ApiPage<RunAnswer> { Total = page.Total, Offset = offset, Items = [.. page.Runs.Select(r => RunAnswer.Of(r, sweep))] });
    }

    private static async Task<IResult> ReadAsync(long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, CancellationToken cancellation)
    {
        if (await reader.FindRunAsync(id, cancellation) is not { } found)
        {
            return Problems.NoRun(id);
        }

        return EntityTag.Check(context, EntityTag.StateOf(found.Run)) ?? Results.Ok(RunDetailAnswer.Of(found));
    }

    private static async Task<IResult> ExportRunsAsync(
        RowFormat format, long id, HttpContext context, ApiQuery query, IRunReader reader, CancellationToken cancellation)
    {
        if (await reader.FindSweepAsync(id, cancellation) is not { } sweep)
        {
            return Problems.NoSweep(id);
        }

        var filter = RunParameters.Of(query, sweep.Specification);
        return EntityTag.Check(context, EntityTag.StateOf(sweep.Summary)) ?? new RowsResult(format, $"sweep-{id}-runs", RunTable, async (rows, token) =>
        {
            await foreach (var run in reader.StreamAsync(id, filter, token))
            {
                Write(rows, run, sweep);
                await rows.EndRowAsync(token);
            }
        });
    }

    private static async Task<IResult> ExportEvaluationsAsync(
        RowFormat format, long id, HttpContext context, ApiQuery query, IRunReader reader, CancellationToken cancellation)
    {
        if (await reader.FindSweepAsync(id, cancellation) is not { } sweep)
        {
            return Problems.NoSweep(id);
        }

        var filter = RunParameters.Of(query, sweep.Specification);
        return EntityTag.Check(context, EntityTag.StateOf(sweep.Summary)) ?? new RowsResult(format, $"sweep-{id}-evaluations", EvaluationTable, async (rows, token) =>
        {
            await foreach (var run in reader.StreamAsync(id, filter, token))
            {
                foreach (var point in run.Evaluations)
                {
                    rows.BeginRow();
                    RunColumns.WriteKeys(rows, run, sweep.Specification);
                    EvaluationColumns.Write(rows, point, sweep.Measures);
                    await rows.EndRowAsync(token);
                }
            }
        });
    }

    private static async Task<IResult> ReadEvaluationsAsync(
        RowFormat format, long id, HttpContext context, ApiQuery query, IRunReader reader, CancellationToken cancellation)
    {
        if (await reader.FindRunAsync(id, cancellation) is not { } found)
        {
            return Problems.NoRun(id);
        }

        return EntityTag.Check(context, EntityTag.StateOf(found.Run)) ?? new RowsResult(format, $"run-{id}-evaluations", EvaluationColumns.All, async (rows, token) =>
        {
            foreach (var point in found.Run.Evaluations)
            {
                rows.BeginRow();
                EvaluationColumns.Write(rows, point, found.Sweep.Measures);
                await rows.EndRowAsync(token);
            }
        });
    }

    private static void Write(RowWriter rows, RunRow run, SweepHead sweep)
    {
        rows.BeginRow();
        RunColumns.WriteKeys(rows, run, sweep.Specification);
        rows.Text(run.ConfigurationHash);
        rows.Text(Words.Of(run.Status));
        rows.TextOrNone(run.Outcome is { } outcome ? Words.Of(outcome) : null);
        rows.WholeOrNone(run.FirstBadIteration);
        rows.Whole(run.Iterations);
        rows.Whole(run.IterationsPlanned);
        rows.Number(run.Seconds);
        rows.TextOrNone(run.Error);
        EvaluationColumns.Write(rows, run.Evaluations.Count == 0 ? null : run.Evaluations[^1], sweep.Measures);
    }
}
