using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Stepsize.Data.Metrics;

namespace Stepsize.Web.Api;

/// <summary>
/// What charts draw: <c>GET /api/runs/{id}/curves/{loss|accuracy|stepsize}?first=&amp;last=&amp;points=</c> gives a <see cref="Curve"/>.
/// JSON has no NaN, so NaN and ±∞ are the texts "NaN", "Infinity" and "-Infinity".
/// </summary>
public static class CurveEndpoint
{
    private const int DefaultPoints = 2000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static void MapCurves(this IEndpointRouteBuilder routes) => routes.MapGet("/api/runs/{id:long}/curves/{column}", ReadAsync);

    /// <summary>Address of a run's curve, without window.</summary>
    public static string Address(long runId, MetricColumn column) => $"/api/runs/{runId}/curves/{column.ToString().ToLowerInvariant()}";

    private static async Task<Results<JsonHttpResult<Curve>, NotFound, ProblemHttpResult>> ReadAsync(
        long id, string column, int? first, int? last, int? points, ICurveReader curves, CancellationToken cancellation)
    {
        if (!Enum.TryParse<MetricColumn>(column, ignoreCase: true, out var metric) || int.TryParse(column, out _))
        {
            return TypedResults.Problem(
                $"\"{column}\" is not recorded; allowed: {string.Join(", ", Enum.GetNames<MetricColumn>().Select(n => n.ToLowerInvariant()))}.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        if (points is < 4 or > 100_000)
        {
            return TypedResults.Problem($"points = {points} is not allowed; give a number from 4 to 100000.", statusCode: StatusCodes.Status400BadRequest);
        }

        return await curves.ReadAsync(id, metric, first, last, points ?? DefaultPoints, cancellation) is { } curve
            ? TypedResults.Json(curve, Json)
            : TypedResults.NotFound();
    }
}
