using Microsoft.AspNetCore.Mvc;
using Stepsize.Data.Metrics;
using Stepsize.Training.Faults;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Views.Addresses;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Metrics;

/// <summary>
/// What charts draw: <c>GET /api/runs/{id}/curves/{loss|accuracy|stepsize}?first=&amp;last=&amp;points=</c> gives a <see cref="Curve"/>.
/// JSON has no NaN, so NaN and ±∞ are the texts "NaN", "Infinity" and "-Infinity".
/// </summary>
public static class CurveEndpoint
{
    private static readonly WordParameter<MetricColumn> Column = new("column", "", Words.All<MetricColumn>());

    public static void MapCurves(this IEndpointRouteBuilder routes) => routes.MapGet($"{ApiRoutes.Root}/runs/{{id:long}}/curves/{{column}}", ReadAsync)
        .Describe(new ApiOperation("readCurve", ApiTags.Metrics, "One column of a run, as charts draw it")
        {
            Query = MetricParameters.Window,
            Example = "/api/runs/1/curves/loss?points=200",
            Answer = ApiAnswer.Of<Curve>("The smallest and largest value of each stretch; equal where every point is an iteration."),
        });

    /// <exception cref="InvalidInputException">There is no such column, or the window is not allowed.</exception>
    private static async Task<IResult> ReadAsync(
        long id, string column, ApiQuery query, [FromServices] ICurveReader curves, CancellationToken cancellation)
    {
        var faults = new FaultList();
        var metric = Column.Read(column, faults);
        faults.ThrowIfAny();
        var window = MetricParameters.Of(query);
        return await curves.ReadAsync(id, metric!.Value, window.First, window.Last, window.Points ?? MetricParameters.DefaultPoints, cancellation) is { } curve
            ? Results.Ok(curve)
            : Problems.NoRun(id);
    }
}
