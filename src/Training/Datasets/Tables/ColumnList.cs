using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>Names of columns in a line of text, separated by commas; a name with a comma or a quotation mark stands in quotation marks, as in a CSV file.</summary>
public static class ColumnList
{
    public static IReadOnlyList<string> Read(string text)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, BadDataFound = null };
        using var parser = new CsvParser(new StringReader(text), configuration);
        return parser.Read() ? [.. parser.Record!.Where(name => name.Length > 0)] : [];
    }

    public static string Write(IEnumerable<string> names) => string.Join(", ", names.Select(name =>
        name.AsSpan().ContainsAny('"', ',') ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name));
}
