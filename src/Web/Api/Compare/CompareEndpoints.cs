using Microsoft.AspNetCore.Mvc;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Http.Rows;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Compare;

/// <summary>What /compare shows, computed by what the page is drawn from.</summary>
internal static class CompareEndpoints
{
    private static readonly IReadOnlyDictionary<int, string> Faults = new Dictionary<int, string> { [StatusCodes.Status404NotFound] = "A sweep is not in this database." };

    private static readonly RowColumn[] DifferenceColumns =
    [
        RowColumn.Text("axis", "b0 or lr."),
        RowColumn.Text("scale", "plain or decades."),
        RowColumn.Whole("sweepA", "Sweep of what is subtracted from."),
        RowColumn.Whole("rowA", "Index of its optimizer, from 0."),
        RowColumn.Text("optimizerA", "Id of its optimizer."),
        RowColumn.Whole("sweepB", "Sweep of what is subtracted."),
        RowColumn.Whole("rowB", "Index of its optimizer, from 0."),
        RowColumn.Text("optimizerB", "Id of its optimizer."),
        RowColumn.Number("value", "The axis value."),
        RowColumn.Text("state", "What there is to show."),
        RowColumn.Number("difference", "Mean of the differences of common seeds."),
        RowColumn.Number("halfWidth", "Half of Student's 95% interval."),
        RowColumn.Whole("pairs", "Common seeds that have a value on both sides."),
        RowColumn.Whole("commonSeeds", "Seeds that both sides have runs of."),
        RowColumn.Whole("onlyADiverged", "Common seeds that diverged on A's side alone."),
        RowColumn.Whole("onlyBDiverged", "Common seeds that diverged on B's side alone."),
        RowColumn.Whole("bothDiverged", "Common seeds that diverged on both sides."),
    ];

    private static readonly RowColumn[] BudgetColumns =
    [
        RowColumn.Whole("sweep", "The sweep."),
        RowColumn.Whole("row", "Index of the optimizer, from 0."),
        RowColumn.Text("optimizer", "Its id."),
        RowColumn.Text("title", "Its title, with what tells it apart."),
        RowColumn.Whole("tried", "Axis values tried at random."),
        RowColumn.Number("expected", "The expected best result, mean over seeds; none while all values tried may diverge."),
        RowColumn.Number("low", "Lower end of the 95% bootstrap interval; none for fewer than three seeds."),
        RowColumn.Number("high", "Its upper end."),
        RowColumn.Whole("count", "Seeds."),
    ];

    public static void MapCompare(this IEndpointRouteBuilder api)
    {
        api.MapGet("/compare", (ApiQuery query, [FromServices] ComparisonReader reader, CancellationToken cancellation) =>
                AnswerAsync(query, reader, view => Results.Ok(CompareAnswer.Of(view)), cancellation))
            .Describe(new ApiOperation("compareSweeps", ApiTags.Compare, "Compare sweeps and optimizers")
            {
                Description = "Aligned by configuration; differences are paired over common seeds.",
                Query = CompareParameters.All,
                Example = "/api/compare?sweeps=1&a=1-1&b=1-0",
                Answer = ApiAnswer.Of<CompareAnswer>("Heatmaps, differing protocol, difference and tuning budgets."),
                Faults = Faults,
            });
        Map("differences", "exportDifferences", "Differences of a comparison", "A row for each pair of optimizers and axis value.", DifferenceColumns, WriteDifferencesAsync);
        Map("budgets", "exportBudgets", "Tuning budgets of a comparison", "A row for each optimizer and number of axis values tried.", BudgetColumns, WriteBudgetsAsync);

        void Map(string name, string id, string summary, string answer, RowColumn[] columns, Func<RowWriter, CompareAnswer, CancellationToken, Task> write) =>
            api.MapRows($"/compare/{name}", new ApiOperation(id, ApiTags.Compare, summary)
            {
                Query = CompareParameters.All,
                Example = $"/api/compare/{name}?sweeps=1&a=1-1&b=1-0",
                Answer = new ApiAnswer(answer),
                Faults = Faults,
            }, columns, RowFormat.Downloads, format => (ApiQuery query, [FromServices] ComparisonReader reader, CancellationToken cancellation) =>
                AnswerAsync(
                    query, reader,
                    view => new RowsResult(format, $"compare-{string.Join('-', view.Address.Sweeps)}-{name}", columns, (rows, token) => write(rows, CompareAnswer.Of(view), token)),
                    cancellation));
    }

    private static async Task<IResult> AnswerAsync(ApiQuery query, ComparisonReader reader, Func<ComparisonView, IResult> answer, CancellationToken cancellation)
    {
        var address = CompareParameters.Of(query);
        var details = await reader.ReadAsync(address, cancellation);
        long[] missing = [.. address.Sweeps.Except(details.Select(d => d.Summary.Id))];
        return missing.Length > 0 ? Problems.NoSweep(missing[0]) : answer(ComparisonView.Of(address, details));
    }

    private static async Task WriteDifferencesAsync(RowWriter rows, CompareAnswer answer, CancellationToken cancellation)
    {
        foreach (var (grid, row, cell) in (answer.Difference?.Grids ?? []).SelectMany(g => g.Rows.SelectMany(r => r.Cells.Select(c => (g, r, c)))))
        {
            rows.BeginRow();
            rows.Text(grid.Axis);
            rows.Text(Words.Of(grid.Scale));
            foreach (var track in (TrackAnswer[])[row.A, row.B])
            {
                rows.Whole(track.Sweep);
                rows.Whole(track.Row);
                rows.Text(track.Optimizer);
            }

            rows.Number(cell.Value);
            rows.Text(Words.Of(cell.State));
            rows.NumberOrNone(cell.Difference?.Mean);
            rows.NumberOrNone(cell.Difference?.HalfWidth);
            rows.Whole(cell.Pairs.Count);
            rows.Whole(cell.CommonSeeds);
            rows.Whole(cell.OnlyADiverged);
            rows.Whole(cell.OnlyBDiverged);
            rows.Whole(cell.BothDiverged);
            await rows.EndRowAsync(cancellation);
        }
    }

    private static async Task WriteBudgetsAsync(RowWriter rows, CompareAnswer answer, CancellationToken cancellation)
    {
        foreach (var budget in answer.Budgets)
        {
            for (var i = 0; i < budget.Expected.Count; i++)
            {
                rows.BeginRow();
                rows.Whole(budget.Track.Sweep);
                rows.Whole(budget.Track.Row);
                rows.Text(budget.Track.Optimizer);
                rows.Text(budget.Track.Title);
                rows.Whole(i + 1);
                rows.NumberOrNone(budget.Expected[i].Mean);
                rows.NumberOrNone(budget.Expected[i].Low);
                rows.NumberOrNone(budget.Expected[i].High);
                rows.Whole(budget.Expected[i].Count);
                await rows.EndRowAsync(cancellation);
            }
        }
    }
}
