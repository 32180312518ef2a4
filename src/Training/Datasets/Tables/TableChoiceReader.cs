using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>
/// The words for what can be chosen of a table, the same in a page's address, in the HTTP API, and as options of the command line. Separators may also be given
/// as they are.
/// </summary>
public static class TableChoiceReader
{
    public static IReadOnlyList<(char Mark, string Word)> Separators { get; } = [(',', "comma"), (';', "semicolon"), ('\t', "tab"), ('|', "bar"), (' ', "space")];

    public static IReadOnlyList<(char Mark, string Word)> Decimals { get; } = [('.', "point"), (',', "comma")];

    public static IReadOnlyList<(char Mark, string Word)> ThousandsMarks { get; } =
        [(TableChoices.None, "none"), (',', "comma"), ('.', "point"), (' ', "space"), ('\'', "apostrophe")];

    public static IReadOnlyList<(TableEncoding Value, string Word)> Encodings { get; } =
    [
        (TableEncoding.Utf8, "utf-8"), (TableEncoding.Latin1, "latin-1"), (TableEncoding.Utf16LittleEndian, "utf-16le"), (TableEncoding.Utf16BigEndian, "utf-16be"),
    ];

    public static IReadOnlyList<(MissingCells Value, string Word)> Missings { get; } =
        [(MissingCells.Refuse, "refuse"), (MissingCells.Drop, "drop"), (MissingCells.Mean, "mean")];

    public static IReadOnlyList<(bool Value, string Word)> Headers { get; } = [(true, "yes"), (false, "no")];

    /// <summary>Names of what can be given, in the order of a form.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["separator", "decimal", "thousands", "header", "encoding", "target", "features", "missing"];

    /// <param name="given">The text of a field; null or empty where nothing was given.</param>
    /// <param name="faults">Gets one for each text that is not allowed.</param>
    /// <param name="prefix">Before a field's name in the faults, such as <c>--</c>.</param>
    public static TableChoices Read(Func<string, string?> given, FaultList faults, string prefix = "") => new()
    {
        Separator = Mark(given, "separator", Separators, faults, prefix),
        Decimal = Mark(given, "decimal", Decimals, faults, prefix),
        Thousands = Mark(given, "thousands", ThousandsMarks, faults, prefix),
        HasHeader = Word(given, "header", Headers, faults, prefix),
        Encoding = Word(given, "encoding", Encodings, faults, prefix),
        Missing = Word(given, "missing", Missings, faults, prefix),
        Target = given("target") is { Length: > 0 } target ? target : null,
        Features = given("features") is { Length: > 0 } features ? ColumnList.Read(features) : null,
    };

    /// <summary>The word for a value.</summary>
    public static string WordOf<T>(IReadOnlyList<(T Value, string Word)> words, T value) => words.First(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Word;

    private static char? Mark(Func<string, string?> given, string field, IReadOnlyList<(char Mark, string Word)> marks, FaultList faults, string prefix)
    {
        if (given(field) is not { Length: > 0 } text)
        {
            return null;
        }

        foreach (var (mark, word) in marks)
        {
            if (text == word || (text.Length == 1 && text[0] == mark) || (mark == '\t' && text == "\\t"))
            {
                return mark;
            }
        }

        faults.Add(prefix + field, Refusal(text, marks.Select(m => m.Word)));
        return null;
    }

    private static T? Word<T>(Func<string, string?> given, string field, IReadOnlyList<(T Value, string Word)> words, FaultList faults, string prefix)
        where T : struct
    {
        if (given(field) is not { Length: > 0 } text)
        {
            return null;
        }

        foreach (var (value, word) in words)
        {
            if (string.Equals(text, word, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        faults.Add(prefix + field, Refusal(text, words.Select(w => w.Word)));
        return null;
    }

    private static string Refusal(string text, IEnumerable<string> words) => $"\"{CellText.Shown(text)}\" is not allowed; give {string.Join(", ", words)}, or leave it out to have it detected.";
}
