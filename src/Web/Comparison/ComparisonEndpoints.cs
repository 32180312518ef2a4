using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Stepsize.Web.Comparison;

/// <summary>
/// The tables of a comparison as files: <c>GET /compare/{cells|differences|budget}.csv</c> with the same query as the page. What the address asks for and
/// cannot be shown is left out, as on the page.
/// </summary>
internal static class ComparisonEndpoints
{
    public static void MapComparisons(this IEndpointRouteBuilder routes)
    {
        Map("cells", ComparisonCsv.Cells);
        Map("differences", ComparisonCsv.Differences);
        Map("budget", ComparisonCsv.Budget);

        void Map(string table, Func<ComparisonView, string> write) => routes.MapGet(
            $"{ComparisonAddress.Path}/{table}.csv",
            async Task<Results<FileContentHttpResult, NotFound>> (HttpRequest request, ComparisonReader reader, CancellationToken cancellation) =>
            {
                var address = ComparisonAddress.Parse(name => [.. request.Query[name].OfType<string>()]);
                var details = await reader.ReadAsync(address, cancellation);
                return details.Count == 0
                    ? TypedResults.NotFound()
                    : TypedResults.File(Encoding.UTF8.GetBytes(write(ComparisonView.Of(address, details))), "text/csv; charset=utf-8", $"{table}.csv");
            });
    }
}
