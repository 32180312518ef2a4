using Microsoft.AspNetCore.Mvc;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Robustness;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Http.Rows;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Tables;

/// <summary>What a sweep's page shows, computed by what the page is drawn from.</summary>
internal static class TableEndpoints
{
    private static readonly RowColumn[] CellColumns =
    [
        RowColumn.Whole("row", "Index of the optimizer in the specification, from 0."),
        RowColumn.Text("optimizer", "Its id."),
        RowColumn.Text("title", "Its title, with the options that tell it apart."),
        RowColumn.Text("axis", "b0 or lr."),
        RowColumn.Number("value", "The axis value."),
        RowColumn.Text("state", "What there is to show."),
        RowColumn.Number("mean", "Mean over the seeds that have a value."),
        RowColumn.Number("halfWidth", "Half of Student's 95% interval of the mean."),
        RowColumn.Whole("count", "Seeds that have a value."),
        RowColumn.Whole("diverged", "Seeds that diverged."),
        RowColumn.Whole("pending", "Seeds that are not trained to the end."),
        RowColumn.Whole("failed", "Seeds that failed."),
        RowColumn.Text("mixedProvenance", "What differs between the origins of the sweep's runs, such as their data; empty where nothing does."),
    ];

    private static readonly RowColumn[] RobustnessColumns =
    [
        RowColumn.Whole("row", "Index of the optimizer in the specification, from 0."),
        RowColumn.Text("optimizer", "Its id."),
        RowColumn.Text("title", "Its title, with the options that tell it apart."),
        RowColumn.Text("axis", "b0 or lr."),
        .. RobustnessNumbers.All.Select(n => n.Kind switch
        {
            RobustnessNumberKind.Count => RowColumn.Whole(n.Name, n.Description),
            RobustnessNumberKind.Flag => RowColumn.Flag(n.Name, n.Description),
            _ => RowColumn.Number(n.Name, n.Description),
        }),
        RowColumn.Text("mixedProvenance", "What differs between the origins of the sweep's runs, such as their data; empty where nothing does."),
    ];

    public static void MapTables(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sweeps/{id:long}/heatmap", HeatmapAsync).Describe(new ApiOperation("readHeatmap", ApiTags.Tables, "The heatmap of a sweep")
        {
            Query = ViewParameters.All,
            Example = "/api/sweeps/1/heatmap?measure=train-loss&at=end",
            Answer = ApiAnswer.Of<HeatmapAnswer>("The cells that the sweep's page shows, with every seed."),
        });
        api.MapRows("/sweeps/{id:long}/heatmap", new ApiOperation("exportHeatmap", ApiTags.Tables, "The heatmap of a sweep")
        {
            Query = ViewParameters.All,
            Example = "/api/sweeps/1/heatmap",
            Answer = new ApiAnswer("A row for each cell."),
        }, CellColumns, RowFormat.Downloads, format =>
            (long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, [FromServices] ISweepStore store, CancellationToken cancellation) =>
                AnswerAsync(id, context, query, reader, store, view => ExportHeatmap(format, view), cancellation));
        api.MapGet("/sweeps/{id:long}/robustness", RobustnessAsync).Describe(new ApiOperation("readRobustness", ApiTags.Tables, "How robust each optimizer of a sweep is")
        {
            Query = ViewParameters.All,
            Example = "/api/sweeps/1/robustness?at=end",
            Answer = ApiAnswer.Of<RobustnessAnswer>("The summary that the sweep's page shows."),
        });
        api.MapRows("/sweeps/{id:long}/robustness", new ApiOperation("exportRobustness", ApiTags.Tables, "How robust each optimizer of a sweep is")
        {
            Query = ViewParameters.All,
            Example = "/api/sweeps/1/robustness",
            Answer = new ApiAnswer("A row for each optimizer."),
        }, RobustnessColumns, RowFormat.Downloads, format =>
            (long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, [FromServices] ISweepStore store, CancellationToken cancellation) =>
                AnswerAsync(id, context, query, reader, store, view => ExportRobustness(format, view), cancellation));
    }

    private static Task<IResult> HeatmapAsync(
        long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, [FromServices] ISweepStore store, CancellationToken cancellation) =>
        AnswerAsync(id, context, query, reader, store, view => Results.Ok(HeatmapAnswer.Of(view)), cancellation);

    private static Task<IResult> RobustnessAsync(
        long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, [FromServices] ISweepStore store, CancellationToken cancellation) =>
        AnswerAsync(id, context, query, reader, store, view => Results.Ok(RobustnessAnswer.Of(view)), cancellation);

    private static async Task<IResult> AnswerAsync(
        long id, HttpContext context, ApiQuery query, IRunReader reader, ISweepStore store, Func<SweepView, IResult> answer, CancellationToken cancellation)
    {
        if (await reader.FindSweepAsync(id, cancellation) is not { } head)
        {
            return Problems.NoSweep(id);
        }

        if (EntityTag.Check(context, EntityTag.StateOf(head.Summary)) is { } unchanged)
        {
            return unchanged;
        }

        return await store.FindAsync(id, cancellation) is { } detail ? answer(ViewParameters.Of(query, detail)) : Problems.NoSweep(id);
    }

    private static RowsResult ExportHeatmap(RowFormat format, SweepView view)
    {
        var heatmap = HeatmapAnswer.Of(view);
        return new RowsResult(format, $"sweep-{heatmap.Sweep}-heatmap-{Words.Of(heatmap.Measure)}-{heatmap.Statistic}-{heatmap.At}", CellColumns, async (rows, token) =>
        {
            foreach (var (grid, row, cell) in heatmap.Grids.SelectMany(g => g.Rows.SelectMany(r => r.Cells.Select(c => (g, r, c)))))
            {
                rows.BeginRow();
                rows.Whole(row.Row);
                rows.Text(row.Optimizer);
                rows.Text(row.Title);
                rows.Text(grid.Axis);
                rows.Number(cell.Value);
                rows.Text(Words.Of(cell.State));
                rows.NumberOrNone(cell.Mean);
                rows.NumberOrNone(cell.HalfWidth);
                rows.Whole(cell.Count);
                rows.Whole(cell.Diverged);
                rows.Whole(cell.Pending);
                rows.Whole(cell.Failed);
                rows.TextOrNone(heatmap.MixedProvenance);
                await rows.EndRowAsync(token);
            }
        });
    }

    private static RowsResult ExportRobustness(RowFormat format, SweepView view)
    {
        var summary = RobustnessAnswer.Of(view);
        return new RowsResult(format, $"sweep-{summary.Sweep}-robustness-{Words.Of(summary.Measure)}-{summary.Statistic}-{summary.At}", RobustnessColumns, async (rows, token) =>
        {
            foreach (var (index, row) in summary.Rows.Index())
            {
                rows.BeginRow();
                rows.Whole(row.Row);
                rows.Text(row.Optimizer);
                rows.Text(row.Title);
                rows.Text(row.Axis);
                WriteNumbers(rows, view, view.Summaries[index]);
                rows.TextOrNone(view.Mixed);
                await rows.EndRowAsync(token);
            }
        });
    }

    private static void WriteNumbers(RowWriter rows, SweepView view, RobustnessRow row)
    {
        foreach (var number in RobustnessNumbers.All)
        {
            var value = number.Value(view.Robustness.Study, row);
            if (number.Kind == RobustnessNumberKind.Real)
            {
                rows.NumberOrNone(value);
            }
            else if (number.Kind == RobustnessNumberKind.Count)
            {
                rows.Whole((long)value!.Value);
            }
            else
            {
                rows.Flag(value == 1);
            }
        }
    }
}
