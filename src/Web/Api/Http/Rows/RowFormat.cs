namespace Stepsize.Web.Api.Http.Rows;

/// <summary>How rows are written.</summary>
/// <param name="Extension">What an address ends with; empty for JSON.</param>
/// <param name="Suffix">What the operation's name ends with.</param>
internal sealed record RowFormat(string Extension, string Suffix, string ContentType, string Description)
{
    /// <summary>One array of objects.</summary>
    public static readonly RowFormat Json = new("", "", ApiAnswer.Json, "A JSON array of objects.");

    /// <summary>One object a line.</summary>
    public static readonly RowFormat Lines = new(".jsonl", "Lines", "application/x-ndjson", "JSON lines: one object a line.");

    /// <summary>RFC 4180, in UTF-8, with a line of headings.</summary>
    public static readonly RowFormat Csv = new(
        ".csv", "Csv", "text/csv",
        "CSV (RFC 4180): UTF-8, a line of headings, a field that does not apply is empty, numbers that are not finite are NaN, Infinity and -Infinity.");

    /// <summary>What is offered for download.</summary>
    public static IReadOnlyList<RowFormat> Downloads { get; } = [Csv, Lines];

    public static IReadOnlyList<RowFormat> All { get; } = [Json, Csv, Lines];

    public RowWriter Write(Stream stream, IReadOnlyList<RowColumn> columns) =>
        this == Csv ? new CsvRowWriter(stream, columns) : new JsonRowWriter(stream, columns, asArray: this == Json);
}
