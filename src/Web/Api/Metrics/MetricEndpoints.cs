using Microsoft.AspNetCore.Mvc;
using Stepsize.Data.Selections;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Http.Rows;
using Stepsize.Web.Api.Runs;

namespace Stepsize.Web.Api.Metrics;

/// <summary>Reads loss, accuracy and stepsize of every iteration: of a run, of a sweep's runs, of any runs.</summary>
internal static class MetricEndpoints
{
    private static readonly RunsParameter Runs = new("runs", "Numbers of the runs; 5-9 stands for 5, 6, 7, 8, 9.");

    private static readonly TextParameter Selection = new("s", "In place of runs, the short name of a selection, as in the address of /curves.", 40);

    private static readonly RowColumn Sweep = RowColumn.Whole("sweep", "The run's sweep.");

    public static void MapMetrics(this IEndpointRouteBuilder api)
    {
        api.MapGet("/runs/{id:long}/metrics", ReadAsync).Describe(new ApiOperation("readMetrics", ApiTags.Metrics, "Loss, accuracy and stepsize of a run")
        {
            Description = "A window of the columns, ready to be drawn. Every iteration of a long run comes as CSV or JSON lines.",
            Query = MetricParameters.Window,
            Example = "/api/runs/1/metrics?first=1&last=1000&points=200",
            Answer = ApiAnswer.Of<MetricAnswer>("The window, column by column."),
        });
        api.MapRows("/runs/{id:long}/metrics", new ApiOperation("exportMetrics", ApiTags.Metrics, "Loss, accuracy and stepsize of a run")
        {
            Query = MetricParameters.RowWindow,
            Example = "/api/runs/1/metrics?first=1&last=1000",
            Answer = new ApiAnswer("A row for each iteration."),
        }, MetricRows.Columns(new MetricWindow(null, null, null)), RowFormat.Downloads, format =>
            (long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, [FromServices] MetricSource source, CancellationToken cancellation) =>
                ExportAsync(format, id, context, query, reader, source, cancellation));
        IReadOnlyList<RowColumn> several = [.. RunColumns.Keys, .. MetricRows.Columns(new MetricWindow(null, null, null))];
        api.MapRows("/sweeps/{id:long}/metrics", new ApiOperation("exportMetricsOfSweep", ApiTags.Metrics, "Loss, accuracy and stepsize of a sweep's runs")
        {
            Query = [.. RunParameters.All, .. MetricParameters.RowWindow],
            Example = "/api/sweeps/1/metrics?optimizer=adagrad-norm&points=200",
            Answer = new ApiAnswer("A row for each run and iteration, run by run."),
        }, several, RowFormat.Downloads, format =>
            (long id, ApiQuery query, [FromServices] IRunReader reader, [FromServices] MetricSource source, CancellationToken cancellation) =>
                ExportSweepAsync(format, id, query, reader, source, cancellation));
        api.MapRows("/metrics", new ApiOperation("exportMetricsOfRuns", ApiTags.Metrics, "Loss, accuracy and stepsize of any runs")
        {
            Query = [Runs, Selection, .. MetricParameters.RowWindow],
            Example = "/api/metrics?runs=1-3,7&points=200",
            Answer = new ApiAnswer("A row for each run and iteration, run by run."),
            Faults = new Dictionary<int, string> { [StatusCodes.Status404NotFound] = "A run is not in this database." },
        }, [Sweep, .. several], RowFormat.Downloads, format =>
            (ApiQuery query, [FromServices] ISelectionStore selections, [FromServices] IRunReader reader, [FromServices] MetricSource source, CancellationToken cancellation) =>
                ExportRunsAsync(format, query, selections, reader, source, cancellation));
    }

    private static async Task<IResult> ReadAsync(
        long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, [FromServices] MetricSource source, CancellationToken cancellation)
    {
        var window = MetricParameters.Of(query);
        if (await reader.FindRunAsync(id, cancellation) is not { Sweep: var sweep, Run: var run })
        {
            return Problems.NoRun(id);
        }

        return EntityTag.Check(context, EntityTag.StateOf(run))
            ?? (await source.EnvelopeAsync(sweep, run, window, cancellation) is { } answer ? Results.Ok(answer) : Problems.NoRun(id));
    }

    private static async Task<IResult> ExportAsync(
        RowFormat format, long id, HttpContext context, ApiQuery query, IRunReader reader, MetricSource source, CancellationToken cancellation)
    {
        var window = MetricParameters.Of(query);
        if (await reader.FindRunAsync(id, cancellation) is not { Sweep: var sweep, Run: var run })
        {
            return Problems.NoRun(id);
        }

        return EntityTag.Check(context, EntityTag.StateOf(run)) ?? new RowsResult(format, $"run-{id}-metrics", MetricRows.Columns(window), (rows, token) =>
            MetricRows.WriteAsync(rows, _ => { }, source, sweep, run, window, token));
    }

    private static async Task<IResult> ExportSweepAsync(
        RowFormat format, long id, ApiQuery query, IRunReader reader, MetricSource source, CancellationToken cancellation)
    {
        var window = MetricParameters.Of(query);
        if (await reader.FindSweepAsync(id, cancellation) is not { } sweep)
        {
            return Problems.NoSweep(id);
        }

        var filter = RunParameters.Of(query, sweep.Specification);
        return new RowsResult(format, $"sweep-{id}-metrics", [.. RunColumns.Keys, .. MetricRows.Columns(window)], async (rows, token) =>
        {
            await foreach (var run in reader.StreamAsync(id, filter, token))
            {
                await MetricRows.WriteAsync(rows, r => RunColumns.WriteKeys(r, run, sweep.Specification), source, sweep, run, window, token);
            }
        });
    }

    private static async Task<IResult> ExportRunsAsync(
        RowFormat format, ApiQuery query, ISelectionStore selections, IRunReader reader, MetricSource source, CancellationToken cancellation)
    {
        var window = MetricParameters.Of(query);
        IReadOnlyList<long> wanted = [.. (await SelectedAsync(query, selections, cancellation)).Runs];

        // Looked for before the first row is written: an answer that has begun cannot say any more that a run is missing.
        if (await reader.FindMissingAsync(wanted, cancellation) is [var missing, ..])
        {
            return Problems.NoRun(missing);
        }

        return new RowsResult(format, "metrics", [Sweep, .. RunColumns.Keys, .. MetricRows.Columns(window)], async (rows, token) =>
        {
            await foreach (var (sweep, run) in reader.StreamAsync(wanted, token))
            {
                await MetricRows.WriteAsync(rows, WriteKeys, source, sweep, run, window, token);

                void WriteKeys(RowWriter writer)
                {
                    writer.Whole(sweep.Summary.Id);
                    RunColumns.WriteKeys(writer, run, sweep.Specification);
                }
            }
        });
    }

    /// <exception cref="InvalidInputException">No runs are named, there is no such selection, or it is too large.</exception>
    private static async Task<RunSelection> SelectedAsync(ApiQuery query, ISelectionStore selections, CancellationToken cancellation)
    {
        if (query.Get(Selection) is not { } name)
        {
            return query.Get(Runs) ?? throw new InvalidInputException(Runs.Name, "is missing; give numbers of runs like 1-100,205.");
        }

        return await selections.FindAsync(name, cancellation) switch
        {
            null => throw new InvalidInputException(Selection.Name, $"there is no selection \"{Quoting.Short(name)}\"; give runs like 1-100,205."),
            { Count: > RunsParameter.Most } large => throw new InvalidInputException(Selection.Name, $"the selection has {large.Count} runs; give at most {RunsParameter.Most}."),
            var selection => selection,
        };
    }
}
