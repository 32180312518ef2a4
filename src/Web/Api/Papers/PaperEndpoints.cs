using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Http.Rows;
using Stepsize.Web.Views.Papers;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Papers;

/// <summary>The papers' tables, and what the runs of this database say of them.</summary>
internal static class PaperEndpoints
{
    private static readonly RowColumn[] CellColumns =
    [
        RowColumn.Text("table", "Id of the table."),
        RowColumn.Text("paper", "Id of its paper."),
        RowColumn.Text("row", "Heading of the row."),
        RowColumn.Text("column", "Heading of the column."),
        RowColumn.Number("published", "The published number, in the table's unit."),
        RowColumn.Number("publishedStd", "Its deviation over the paper's runs."),
        RowColumn.Text("verdict", "agrees, differs, not comparable or not run."),
        RowColumn.Text("reason", "Why: which interval it is by, or what stands in its way."),
        RowColumn.Number("ours", "Our number, in the table's unit."),
        RowColumn.Number("halfWidth", "Half of the 95% interval of ours over seeds: Student's, or by bootstrap for statistics over a grid."),
        RowColumn.Whole("seeds", "Seeds with a value."),
        RowColumn.Whole("diverged", "Seeds that diverged or exploded."),
        RowColumn.Number("difference", "Ours minus published."),
        RowColumn.Number("differenceHalfWidth", "Half of the 95% interval of the difference; the rounding of the published number is in it."),
        RowColumn.Text("interval", IntervalText.Meaning),
        RowColumn.Text("remarks", "Mixed engines or data, or an earlier engine, behind our number; with semicolons between."),
        RowColumn.Text("sweeps", "Sweeps that our runs belong to, with spaces between."),
    ];

    public static void MapPapers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/papers", async (ApiQuery query, [FromServices] StoredRunReader runs, CancellationToken cancellation) =>
                Results.Ok(PaperJson.Of(await CompareAsync(runs, cancellation))))
            .Describe(new ApiOperation("readPapers", ApiTags.Papers, "The papers and their tables, beside our numbers")
            {
                Example = "/api/papers",
                Answer = ApiAnswer.Of<JsonObject>("papers, and tables with their published cells and, cell by cell, verdict, our number, difference and protocol differences."),
            });
        api.MapGet("/papers/tables/{table}", ReadTableAsync).Describe(new ApiOperation("readPaperTable", ApiTags.Papers, "A published table, beside our numbers")
        {
            Example = $"/api/papers/tables/{ProtocolRegistry.All[0].Table.Id}",
            Answer = ApiAnswer.Of<JsonObject>("The table with its published cells and the comparison."),
        });
        api.MapRows("/papers/cells", new ApiOperation("readPaperCells", ApiTags.Papers, "Every published number, beside ours")
        {
            Example = "/api/papers/cells",
            Answer = new ApiAnswer("A row for each cell of each table."),
        }, CellColumns, RowFormat.All, format => (ApiQuery query, [FromServices] StoredRunReader runs, CancellationToken cancellation) =>
            ExportAsync(format, runs, cancellation));
    }

    private static async Task<IResult> ReadTableAsync(string table, ApiQuery query, [FromServices] StoredRunReader runs, CancellationToken cancellation) =>
        ProtocolRegistry.Find(table) is { } protocol
            ? Results.Ok(PaperJson.Of(protocol, TableComparison.Of(protocol, await runs.ReadAsync(cancellation))))
            : Problems.NotFound($"There is no table \"{Quoting.Short(table)}\"; there are {string.Join(", ", ProtocolRegistry.All.Select(p => p.Table.Id))}.");

    private static async Task<IResult> ExportAsync(RowFormat format, StoredRunReader runs, CancellationToken cancellation)
    {
        var comparisons = await CompareAsync(runs, cancellation);
        return new RowsResult(format, "papers", CellColumns, async (rows, token) =>
        {
            foreach (var comparison in comparisons)
            {
                for (var r = 0; r < comparison.Cells.Count; r++)
                {
                    for (var c = 0; c < comparison.Cells[r].Count; c++)
                    {
                        Write(rows, comparison, r, c);
                        await rows.EndRowAsync(token);
                    }
                }
            }
        });
    }

    private static async Task<IReadOnlyList<TableComparison>> CompareAsync(StoredRunReader runs, CancellationToken cancellation)
    {
        var index = await runs.ReadAsync(cancellation);
        return [.. ProtocolRegistry.All.Select(p => TableComparison.Of(p, index))];
    }

    private static void Write(RowWriter rows, TableComparison comparison, int r, int c)
    {
        var (table, cell) = (comparison.Table, comparison.Cells[r][c]);
        rows.BeginRow();
        rows.Text(table.Id);
        rows.Text(table.Paper.Id);
        rows.Text(table.Rows[r]);
        rows.Text(table.Columns[c]);
        rows.NumberOrNone(cell.Published.Mean);
        rows.NumberOrNone(cell.Published.StandardDeviation);
        rows.Text(VerdictText.Of(cell.Verdict));
        rows.Text(cell.Reason);
        rows.NumberOrNone(cell.Ours?.Value);
        rows.NumberOrNone(cell.Ours?.HalfWidth);
        rows.WholeOrNone(cell.Ours?.Seeds);
        rows.WholeOrNone(cell.Ours?.Diverged);
        rows.NumberOrNone(cell.Difference);
        rows.NumberOrNone(cell.Interval?.HalfWidth);
        rows.Text(cell.Interval is { } interval ? IntervalText.Of(interval.Basis) : "");
        rows.Text(string.Join("; ", cell.Remarks));
        rows.Text(string.Join(' ', cell.Sweeps));
    }
}
