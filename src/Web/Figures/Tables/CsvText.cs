using System.Globalization;
using System.Text;

namespace Stepsize.Web.Figures.Tables;

/// <summary>
/// Tables as comma-separated values (RFC 4180), the only dialect here: names in camelCase, lines that end with CRLF. Numbers are written in full; those that are not finite as NaN, Infinity and -Infinity. A text that a
/// spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets show as text.
/// </summary>
public static class CsvText
{
    public const string LineEnd = "\r\n";

    public static string Of(DataTable table)
    {
        int[] columns = [.. Enumerable.Range(0, table.Columns.Count).Where(c => table.Columns[c].Kind != ColumnKind.Band)];
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(c => Field(ColumnName.Of(table.Columns[c].Title)))).Append(LineEnd);
        foreach (var row in table.Rows)
        {
            text.AppendJoin(',', columns.Select(c => Of(row[c]))).Append(LineEnd);
        }

        return text.ToString();
    }

    /// <summary>A text as one field: guarded, and quoted where it has to be.</summary>
    public static string Field(string text)
    {
        // What a spreadsheet skips or takes for the sign of a formula when it stands first.
        var guarded = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text : text;
        return guarded.AsSpan().IndexOfAny(",\"\r\n\t") < 0 && guarded.Trim().Length == guarded.Length
            ? guarded
            : "\"" + guarded.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private static string Of(DataCell cell) => cell.Number is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : Field(cell.Text);
}
