using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Stepsize.Web.Views.Comparison;

namespace Stepsize.Web.Api.Compare;

/// <summary>
/// The cells of a comparison as a file: <c>GET /compare/cells.csv</c> with the same query as the page. What the address asks for and cannot be shown
/// is left out, as on the page. Differences and tuning budgets are exported as figures are.
/// </summary>
internal static class ComparisonEndpoints
{
    public static void MapComparisons(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/" + ComparisonAddress.Cells,
        async Task<Results<FileContentHttpResult, NotFound>> (HttpRequest request, ComparisonReader reader, CancellationToken cancellation) =>
        {
            var address = ComparisonAddress.Parse(name => [.. request.Query[name].OfType<string>()]);
            var details = await reader.ReadAsync(address, cancellation);
            return details.Count == 0
                ? TypedResults.NotFound()
                : TypedResults.File(Encoding.UTF8.GetBytes(ComparisonCsv.Cells(ComparisonView.Of(address, details))), "text/csv; charset=utf-8", "cells.csv");
        });
}
