namespace Stepsize.Web.Api.Http.Rows;

/// <summary>Maps what is answered with rows, once a format.</summary>
internal static class RowRoutes
{
    /// <param name="pattern">Without extension.</param>
    /// <param name="operation">Of all formats; its example is an address without extension or query.</param>
    /// <param name="handler">Makes the handler that answers in a format.</param>
    public static void MapRows(
        this IEndpointRouteBuilder routes,
        string pattern,
        ApiOperation operation,
        IReadOnlyList<RowColumn> columns,
        IReadOnlyList<RowFormat> formats,
        Func<RowFormat, Delegate> handler)
    {
        foreach (var format in formats)
        {
            var path = operation.Example.Split('?');
            routes.MapGet(pattern + format.Extension, handler(format))
                .WithMetadata(new RowsDescription(columns))
                .Describe(operation with
                {
                    Id = operation.Id + format.Suffix,
                    Summary = format == RowFormat.Json ? operation.Summary : $"{operation.Summary}, as {(format == RowFormat.Csv ? "CSV" : "JSON lines")}",
                    Example = string.Join('?', [path[0] + format.Extension, .. path[1..]]),
                    Answer = operation.Answer with { ContentType = format.ContentType, Description = $"{operation.Answer.Description} {format.Description}" },
                });
        }
    }
}

/// <summary>Columns of an operation's answer, for its description.</summary>
internal sealed record RowsDescription(IReadOnlyList<RowColumn> Columns);
