using System.Globalization;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Guard;
using Stepsize.Web.Api.Metrics;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Views.Curves;
using Stepsize.Web.Views.Scales;

namespace Stepsize.Web.Api.Curves;

/// <summary>
/// Curves of many runs with one request: <c>GET /api/curves?runs=1-20&amp;show=loss</c> gives a <see cref="CurvePacket"/>,
/// <c>GET /api/curves.csv?…</c> every iteration of the window as lines of text. The parameters are those of <see cref="CurveQuery"/>.
/// </summary>
public static class CurvesEndpoint
{
    public static void MapManyCurves(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/curves", ReadAsync).Describe(new ApiOperation("drawCurves", ApiTags.Metrics, "One column of up to a thousand runs, as charts draw it")
        {
            Description = "Packed for drawing, in a form that may change; programs read /api/metrics.csv.",
            Query = [.. CurveParameters.All, MetricParameters.Points],
            Example = "/api/curves?sweep=1&show=loss&points=100",
            Answer = new ApiAnswer("The packed curves.", ContentType: "application/octet-stream"),
            Faults = new Dictionary<int, string> { [StatusCodes.Status404NotFound] = "None of the runs is in this database." },
        }).IsDear();
        routes.MapGet("/api/curves.csv", WriteCsvAsync).Describe(new ApiOperation("exportCurves", ApiTags.Metrics, "One column of up to a thousand runs, as CSV")
        {
            Query = CurveParameters.All,
            Example = "/api/curves.csv?sweep=1&show=loss&to=100",
            Answer = new ApiAnswer("A row for each run and iteration of the window.", ContentType: "text/csv"),
            Faults = new Dictionary<int, string> { [StatusCodes.Status404NotFound] = "None of the runs is in this database." },
        });
    }

    private static async Task<IResult> ReadAsync(HttpRequest request, CurveSubjectReader subjects, CurvePacketReader packets, int? points, CancellationToken cancellation)
    {
        if (points is < 4 or > CurvePacketReader.MostPoints)
        {
            return Refusal($"points = {points} is not allowed; give a number from 4 to {CurvePacketReader.MostPoints}.");
        }

        try
        {
            var query = CurveQuery.Parse(name => request.Query[name]);
            var subject = await subjects.ReadAsync(query, cancellation);
            var packet = await packets.ReadAsync(subject, query, points ?? CurvePacketReader.PointsFor(subject.Series.Count), cancellation);
            return TypedResults.Stream(stream => packet.WriteAsync(stream, cancellation), "application/octet-stream");
        }
        catch (InvalidInputException e)
        {
            return Problems.Invalid(e);
        }
    }

    private static async Task<IResult> WriteCsvAsync(HttpRequest request, CurveSubjectReader subjects, CurvePacketReader packets, CancellationToken cancellation)
    {
        try
        {
            var query = CurveQuery.Parse(name => request.Query[name]) with { Over = null, Smooth = null };
            var subject = await subjects.ReadAsync(query, cancellation);
            return TypedResults.Stream(
                stream => WriteRowsAsync(stream, subject, query, packets, cancellation), "text/csv; charset=utf-8", $"{query.Column.ToString().ToLowerInvariant()}.csv");
        }
        catch (InvalidInputException e)
        {
            return Problems.Invalid(e);
        }
    }

    private static async Task WriteRowsAsync(Stream stream, CurveSubject subject, CurveQuery query, CurvePacketReader packets, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(stream, bufferSize: 1 << 16) { NewLine = CsvText.LineEnd };
        await writer.WriteLineAsync($"run,sweep,optimizer,axis,value,seed,iteration,{query.Column.ToString().ToLowerInvariant()}");
        await foreach (var (line, seeds) in packets.LinesAsync(subject, query.Column, cancellation))
        {
            var family = subject.Families[line.Family];
            var start = string.Create(
                CultureInfo.InvariantCulture,
                $"{line.Runs[0].Id},{family.Sweep},{CsvText.Field(family.Title)},{RobustnessAxisName.Of(family.Axis)},{family.Values[line.Value]:R},{line.Runs[0].Seed},");
            for (var i = Math.Max(1, query.From ?? 1); i <= Math.Min(seeds[0].Length, query.To ?? int.MaxValue); i++)
            {
                await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{start}{i},{seeds[0][i - 1]:R}"));
            }
        }
    }

    private static IResult Refusal(string message) => TypedResults.Problem(message, statusCode: StatusCodes.Status400BadRequest);
}
