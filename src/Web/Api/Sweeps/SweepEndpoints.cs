using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Http.Guard;
using Stepsize.Web.Api.Http.Rows;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Addresses;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Sweeps;

/// <summary>Lists, reads and launches sweeps.</summary>
internal static class SweepEndpoints
{
    private static readonly ListParameter<SweepStatus> Status = ListParameter.OfWords("status", "Only sweeps that stand so.", "status", Words.All<SweepStatus>());

    private static readonly TextParameter Workload = new("workload", "Only sweeps of this workload.", 100);

    private static readonly TextParameter Search = new("search", "Only sweeps whose name holds this text, upper and lower case alike.", 200);

    private static readonly RowColumn[] Columns =
    [
        RowColumn.Whole("id", "The sweep's number."),
        RowColumn.Text("name", "Its name; in CSV with an apostrophe before it where a spreadsheet would take it for a formula."),
        RowColumn.Text("workload", "Id of what is trained."),
        RowColumn.Text("status", "Where it stands."),
        RowColumn.Whole("runs", "Runs of its grid."),
        RowColumn.Whole("runsFinished", "Runs that have ended."),
        RowColumn.Whole("runsDiverged", "Of them, those that diverged."),
        RowColumn.Whole("runsFailed", "Of them, those that failed."),
        RowColumn.Number("progress", "Share of all iterations made, in [0, 1]."),
        RowColumn.Text("createdAt", "When it was launched."),
        RowColumn.Text("startedAt", "When training began."),
        RowColumn.Text("finishedAt", "When its last run ended."),
    ];

    public static void MapSweeps(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sweeps", ListAsync).Describe(new ApiOperation("listSweeps", ApiTags.Sweeps, "List sweeps, newest first")
        {
            Query = [Status, Workload, Search, PageParameters.Limit, PageParameters.Offset],
            Example = "/api/sweeps?status=running,completed&limit=20",
            Answer = ApiAnswer.Of<ApiPage<SweepAnswer>>("Sweeps with their progress."),
        });
        api.MapRows("/sweeps", new ApiOperation("exportSweeps", ApiTags.Sweeps, "All sweeps")
        {
            Query = [Status, Workload, Search],
            Example = "/api/sweeps",
            Answer = new ApiAnswer("A row for each sweep, newest first."),
        }, Columns, RowFormat.Downloads, format => (ApiQuery query, [FromServices] ISweepStore store, CancellationToken cancellation) =>
            ExportAsync(format, query, store, cancellation));
        api.MapPost("/sweeps", LaunchAsync).Describe(new ApiOperation("launchSweep", ApiTags.Sweeps, "Launch a sweep")
        {
            Description = "Takes the same specification as the form and the command line; it trains as soon as a place is free.",
            Example = "/api/sweeps",
            Body = SpecificationWriter.ToJson(PresetRegistry.Find("quadratic-2d")!.Specification),
            Answer = ApiAnswer.Of<SweepDetailAnswer>("The sweep was stored and waits to be trained; Location is its address.", StatusCodes.Status201Created),
            Faults = ChangeFaults.WithBody,
        }).IsDear();
        api.MapGet("/sweeps/{id:long}", ReadAsync).Describe(new ApiOperation("readSweep", ApiTags.Sweeps, "Read a sweep")
        {
            Example = "/api/sweeps/1",
            Answer = ApiAnswer.Of<SweepDetailAnswer>("The sweep with its specification."),
        });
    }

    private static async Task<IResult> ListAsync(ApiQuery query, [FromServices] ISweepStore store, CancellationToken cancellation)
    {
        var wanted = await WantedAsync(query, store, cancellation);
        var (offset, limit) = PageParameters.Of(query);
        return Results.Ok(new ApiPage<SweepAnswer> { Total = wanted.Count, Offset = offset, Items = [.. wanted.Skip(offset).Take(limit).Select(SweepAnswer.Of)] });
    }

    private static async Task<IResult> ExportAsync(RowFormat format, ApiQuery query, ISweepStore store, CancellationToken cancellation)
    {
        var wanted = await WantedAsync(query, store, cancellation);
        return new RowsResult(format, "sweeps", Columns, async (rows, token) =>
        {
            foreach (var sweep in wanted)
            {
                Write(rows, sweep);
                await rows.EndRowAsync(token);
            }
        });
    }

    private static void Write(RowWriter rows, SweepSummary sweep)
    {
        rows.BeginRow();
        rows.Whole(sweep.Id);
        rows.Text(sweep.Name);
        rows.Text(sweep.Workload);
        rows.Text(Words.Of(sweep.Status));
        rows.Whole(sweep.Runs);
        rows.Whole(sweep.RunsFinished);
        rows.Whole(sweep.RunsDiverged);
        rows.Whole(sweep.RunsFailed);
        rows.Number(sweep.Progress);
        rows.Text(Time(sweep.CreatedAt)!);
        rows.TextOrNone(Time(sweep.StartedAt));
        rows.TextOrNone(Time(sweep.FinishedAt));
    }

    private static string? Time(DateTimeOffset? time) => time?.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<SweepSummary>> WantedAsync(ApiQuery query, ISweepStore store, CancellationToken cancellation)
    {
        var (status, workload, search) = (query.Get(Status), query.Get(Workload), query.Get(Search));
        return
        [
            .. (await store.ListAsync(cancellation)).Where(s =>
                (status is null || status.Contains(s.Status))
                && (workload is null || s.Workload == workload)
                && (search is null || s.Name.Contains(search, StringComparison.OrdinalIgnoreCase))),
        ];
    }

    private static async Task<IResult> ReadAsync(long id, HttpContext context, ApiQuery query, [FromServices] IRunReader reader, CancellationToken cancellation)
    {
        if (await reader.FindSweepAsync(id, cancellation) is not { } head)
        {
            return Problems.NoSweep(id);
        }

        return EntityTag.Check(context, EntityTag.StateOf(head.Summary)) ?? Results.Ok(Answer(head));
    }

    /// <exception cref="InvalidInputException">The specification cannot be trained as given; names every fault.</exception>
    private static async Task<IResult> LaunchAsync(
        HttpRequest request, ApiQuery query, [FromServices] ISweepLauncher launcher, [FromServices] IRunReader reader, CancellationToken cancellation)
    {
        var specification = SpecificationReader.Parse(await JsonBody.ReadAsync(request, cancellation));
        var id = await launcher.LaunchAsync(specification, cancellation);

        // It is stored: whoever hung up meanwhile loses the answer, not the sweep.
        var head = await reader.FindSweepAsync(id, CancellationToken.None);
        return Results.Created($"{request.PathBase}{ApiRoutes.Root}/sweeps/{id}", Answer(head!));
    }

    private static SweepDetailAnswer Answer(SweepHead head) => new()
    {
        Sweep = SweepAnswer.Of(head.Summary),
        Specification = SpecificationWriter.ToJson(head.Specification),
        Measures = [.. head.Measures.Select(MeasureText.Slug)],
        Moments = [.. Moment.Of(head.Specification).Select(m => m.Slug)],
    };
}
