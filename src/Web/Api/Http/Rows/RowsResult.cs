using Microsoft.Net.Http.Headers;

namespace Stepsize.Web.Api.Http.Rows;

/// <summary>An answer of rows that are written while they are read.</summary>
/// <param name="name">Of the file that a browser saves, without extension.</param>
/// <param name="write">Writes every row.</param>
internal sealed class RowsResult(RowFormat format, string name, IReadOnlyList<RowColumn> columns, Func<RowWriter, CancellationToken, Task> write) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = format == RowFormat.Json ? format.ContentType : $"{format.ContentType}; charset=utf-8";
        if (format != RowFormat.Json)
        {
            response.GetTypedHeaders().ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name + format.Extension };
        }

        var writer = format.Write(response.Body, columns);
        await write(writer, httpContext.RequestAborted);
        await writer.EndAsync(httpContext.RequestAborted);
    }
}
