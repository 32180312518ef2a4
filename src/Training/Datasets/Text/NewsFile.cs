using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Text;

/// <summary>A CSV file of news: a column <c>text</c>, and a column <c>label</c> with two different values. Other columns are not read.</summary>
internal static class NewsFile
{
    public const string TextColumn = "text";
    public const string LabelColumn = "label";

    /// <summary>Tokens of a text that are kept: more than any network here reads.</summary>
    private const int MostTokens = 4096;

    /// <summary>Texts and their classes, which are numbered in the order of their names.</summary>
    /// <param name="path">For the messages.</param>
    /// <exception cref="InvalidInputException">A column is missing, or the labels do not have exactly two values.</exception>
    public static List<LabelledText> Parse(string path, byte[] content)
    {
        var (text, label) = (-1, -1);
        var rows = new List<(IReadOnlyList<string> Tokens, string Label)>();
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var columns = 0;
        var source = TableSource.Of(path, content, TableEncoding.Utf8);
        foreach (var row in CsvRows.Read(source, SeparatorDetection.Detect(source)))
        {
            columns = columns == 0 ? row.Fields.Length : columns;
            if (row.Fields.Length != columns)
            {
                throw FileFault.AtLine(path, row.Line, $"there are {row.Fields.Length} fields where the header has {columns}");
            }

            if (text < 0)
            {
                (text, label) = (Find(path, row, TextColumn), Find(path, row, LabelColumn));
                continue;
            }

            var name = row.Fields[label].Trim();
            if (names.Add(name) && (names.Count > 2 || name.Length == 0))
            {
                throw FileFault.AtLine(path, row.Line, name.Length == 0 ? "the label is empty" : $"\"{Shown(name)}\" is a third label, but there must be two");
            }

            rows.Add(([.. SentenceTokens.Of(row.Fields[text]).Take(MostTokens)], name));
        }

        if (columns == 0)
        {
            throw FileFault.At(path, 0, "it is empty, but a header and rows must be there");
        }

        return names.Count == 2
            ? [.. rows.Select(r => new LabelledText(r.Tokens, r.Label == names.Min ? 0 : 1))]
            : throw FileFault.At(path, content.Length, $"it ends with {names.Count} different labels, but there must be two");
    }

    private static int Find(string path, CsvRow header, string column)
    {
        var index = Array.FindIndex(header.Fields, f => f.Trim().Equals(column, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index : throw FileFault.AtLine(path, header.Line, $"the header has no column \"{column}\"");
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
