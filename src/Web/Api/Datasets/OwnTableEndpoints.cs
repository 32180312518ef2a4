using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Stepsize.Web.Api.Control;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Sweeps;
using Stepsize.Web.Datasets;
using Stepsize.Web.Views.Addresses;

namespace Stepsize.Web.Api.Datasets;

/// <summary>People's own tables: sent, looked at, imported, renamed and deleted.</summary>
internal static class OwnTableEndpoints
{
    private static readonly Dictionary<int, string> ImportFaults = new(ChangeFaults.WithBody)
    {
        [StatusCodes.Status409Conflict] = "There is a table of that name; detail says what would be replaced and which sweeps use it. Send \"replace\": true to replace it.",
    };

    private static readonly Dictionary<int, string> UploadFaults = new(ChangeFaults.WithoutBody)
    {
        [StatusCodes.Status413PayloadTooLarge] = "The file is too large; bring it in on the command line.",
        [StatusCodes.Status415UnsupportedMediaType] = "The header Content-Type is not text/csv.",
    };

    public static void MapOwnTables(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tables", ListAsync).Describe(new ApiOperation("listTables", ApiTags.OwnTables, "List your own tables")
        {
            Example = "/api/tables",
            Answer = ApiAnswer.Of<IReadOnlyList<TableAnswer>>("Every table, how it is read, how to train on it, and which sweeps use it."),
        });
        api.MapGet("/tables/{name}", ReadAsync).Describe(new ApiOperation("readTable", ApiTags.OwnTables, "Read what is known of a table")
        {
            Example = "/api/tables/mine.csv",
            Answer = ApiAnswer.Of<TableAnswer>("What is known of the table."),
        });
        api.MapPost("/tables/uploads", UploadAsync).Describe(new ApiOperation("uploadTable", ApiTags.OwnTables, "Send a file to be looked at")
        {
            Description = $"The body is the file itself, which may be gzipped, with Content-Type: text/csv, of at most {TableUploads.MostBytes >> 20} MiB. Nothing is imported yet: the answer is a preview.",
            Query = [OwnTableParameters.File, .. OwnTableParameters.Reading],
            Example = "/api/tables/uploads?file=mine.csv",
            BodyType = ApiAnswer.Csv,
            Answer = ApiAnswer.Of<TablePreviewAnswer>("The file waits to be imported, for an hour.", StatusCodes.Status201Created),
            Faults = UploadFaults,
        }).WithMetadata(new RequestSizeLimitAttribute(TableUploads.MostBytes));
        api.MapGet("/tables/uploads/{upload}", PreviewAsync).Describe(new ApiOperation("previewTable", ApiTags.OwnTables, "How a file that was sent would be read")
        {
            Query = OwnTableParameters.Reading,
            Example = "/api/tables/uploads/0123456789abcdef01234567?separator=semicolon&decimal=comma&missing=drop",
            Answer = ApiAnswer.Of<TablePreviewAnswer>("First rows, columns, what was detected, and what is wrong."),
        });
        api.MapPost("/tables/uploads/{upload}/import", ImportAsync).Describe(new ApiOperation("importTable", ApiTags.OwnTables, "Import a file that was sent")
        {
            Description = "With the same query as the preview. How it is read is kept with it: training reads it the same way for ever.",
            Query = OwnTableParameters.Reading,
            Example = "/api/tables/uploads/0123456789abcdef01234567/import?missing=drop",
            Body = new JsonObject { ["replace"] = false },
            Answer = ApiAnswer.Of<TableAnswer>("The table; Location is its address.", StatusCodes.Status201Created),
            Faults = ImportFaults,
        });
        api.MapPost("/tables/{name}/rename", RenameAsync).Describe(new ApiOperation("renameTable", ApiTags.OwnTables, "Give a table another name")
        {
            Example = "/api/tables/mine.csv/rename",
            Body = new JsonObject { ["to"] = "wine.csv" },
            Answer = ApiAnswer.Of<TableChangeAnswer>("It has the new name."),
            Faults = ChangeFaults.WithBody,
        });
        api.MapDelete("/tables/{name}", DeleteAsync).Describe(new ApiOperation("deleteTable", ApiTags.OwnTables, "Delete a table")
        {
            Description = "For good. Sweeps that were trained on it keep their results.",
            Example = "/api/tables/mine.csv",
            Answer = ApiAnswer.Of<TableChangeAnswer>("The table is gone."),
            Faults = ChangeFaults.WithoutBody,
        });
    }

    private static async Task<IResult> ListAsync(ApiQuery query, [FromServices] TableDesk desk, CancellationToken cancellation) =>
        Results.Ok((await OwnTableEntry.ListAsync(desk, cancellation)).Select(TableAnswer.Of));

    private static async Task<IResult> ReadAsync(string name, ApiQuery query, [FromServices] TableDesk desk, CancellationToken cancellation) =>
        OwnTables.Exists(desk.Folders, name)
            ? Results.Ok(TableAnswer.Of(await OwnTableEntry.ReadAsync(desk, name, cancellation)))
            : NoTable(name);

    private static async Task<IResult> UploadAsync(
        HttpContext context, ApiQuery query, [FromServices] TableDesk desk, [FromServices] TableUploads uploads, CancellationToken cancellation)
    {
        if (context.Request.ContentLength > TableUploads.MostBytes)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, $"The file is larger than {TableUploads.MostBytes >> 20} MiB; bring it in with \"datasets import csv FILE\".");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = TableUploads.MostBytes + 1;
        }

        var choices = OwnTableParameters.Read(query);
        var word = await uploads.ReceiveAsync(query.Get(OwnTableParameters.File) ?? "table.csv", context.Request.Body, cancellation);
        try
        {
            return Results.Created($"{ApiRoutes.Root}/tables/uploads/{word}", await LookAsync(word, uploads.Find(word)!, choices, query, desk, cancellation));
        }
        catch (InvalidInputException)
        {
            uploads.Remove(word);
            throw;
        }
    }

    private static async Task<IResult> PreviewAsync(
        string upload, ApiQuery query, [FromServices] TableDesk desk, [FromServices] TableUploads uploads, CancellationToken cancellation) =>
        uploads.Find(upload) is { } sent
            ? Results.Ok(await LookAsync(upload, sent, OwnTableParameters.Read(query), query, desk, cancellation))
            : NoUpload();

    private static async Task<TablePreviewAnswer> LookAsync(
        string word, TableUpload upload, TableChoices choices, ApiQuery query, TableDesk desk, CancellationToken cancellation)
    {
        var name = NameOf(upload, query);
        var found = await Task.Run(() => OwnTables.Inspect(name, upload.Read(), choices), cancellation);
        return TablePreviewAnswer.Of(word, found, await desk.ReplacedAsync(name, cancellation));
    }

    private static async Task<IResult> ImportAsync(
        string upload, HttpRequest request, ApiQuery query, [FromServices] TableDesk desk, [FromServices] TableUploads uploads, CancellationToken cancellation)
    {
        if (uploads.Find(upload) is not { } sent)
        {
            return NoUpload();
        }

        var choices = OwnTableParameters.Read(query);
        var replace = (bool?)await FieldAsync(request, "replace", isText: false, cancellation) ?? false;
        return await Change.TryAsync(async () =>
        {
            var name = NameOf(sent, query);
            var content = await Task.Run(sent.Read, cancellation);
            await desk.ImportAsync(name, content, choices, replace, "Send \"replace\": true to replace it, or another name.", cancellation);
            uploads.Remove(upload);
            return Results.Created($"{ApiRoutes.Root}/tables/{Uri.EscapeDataString(name)}", TableAnswer.Of(await OwnTableEntry.ReadAsync(desk, name, CancellationToken.None)));
        });
    }

    private static async Task<IResult> RenameAsync(string name, HttpRequest request, ApiQuery query, [FromServices] TableDesk desk, CancellationToken cancellation)
    {
        if (!OwnTables.Exists(desk.Folders, name))
        {
            return NoTable(name);
        }

        var to = (string?)await FieldAsync(request, "to", isText: true, cancellation) ?? throw new InvalidInputException("to", "is missing; give the new name.");
        return Results.Ok(new TableChangeAnswer { Done = await desk.RenameAsync(name, TableName.Of(to), cancellation) });
    }

    private static async Task<IResult> DeleteAsync(string name, ApiQuery query, [FromServices] TableDesk desk, CancellationToken cancellation) =>
        OwnTables.Exists(desk.Folders, name)
            ? Results.Ok(new TableChangeAnswer { Done = await desk.DeleteAsync(name, cancellation) })
            : NoTable(name);

    private static string NameOf(TableUpload upload, ApiQuery query) => TableName.Of(query.Get(OwnTableParameters.Name) ?? upload.File);

    /// <summary>The only field that a body may have.</summary>
    private static async Task<JsonNode?> FieldAsync(HttpRequest request, string field, bool isText, CancellationToken cancellation)
    {
        JsonObject? body;
        try
        {
            var text = await JsonBody.ReadAsync(request, cancellation);
            body = text.Trim().Length == 0 ? [] : JsonNode.Parse(text) as JsonObject;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException)
        {
            body = null;
        }

        if (body is null || body.Any(f => f.Key != field))
        {
            throw new InvalidInputException("", $"Send a JSON object with the field {field} alone.");
        }

        return body[field] is not { } value || value.GetValueKind() is var kind
            && (isText ? kind == System.Text.Json.JsonValueKind.String : kind is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False)
            ? body[field]
            : throw new InvalidInputException(field, $"must be {(isText ? "a text" : "true or false")}.");
    }

    private static IResult NoTable(string name) => Problems.NotFound($"There is no table \"{Quoting.Short(name)}\"; GET /api/tables lists what there is.");

    private static IResult NoUpload() => Problems.NotFound("There is no such file that waits to be imported: it was imported, or is kept no more. Send it again.");
}
