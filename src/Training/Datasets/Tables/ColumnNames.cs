using System.Globalization;
using System.Text;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>Names that a specification can say: one line each, none of them empty, no two alike.</summary>
internal static class ColumnNames
{
    private const int Longest = 100;

    /// <param name="remarks">Gets what was changed, with the place.</param>
    public static string[] Of(TableScan scan, bool hasHeader, List<string> remarks)
    {
        if (!hasHeader)
        {
            return [.. Enumerable.Range(1, scan.Columns).Select(Numbered)];
        }

        var (names, places) = (new string[scan.Columns], new Dictionary<string, int>(StringComparer.Ordinal));
        for (var j = 0; j < names.Length; j++)
        {
            var written = j < scan.First.Fields.Length ? scan.First.Fields[j].Trim() : "";
            var name = Clean(written);
            if (name.Length == 0)
            {
                name = Numbered(j + 1);
                remarks.Add(Invariant($"In line {scan.First.Line}, column {j + 1} has no name; it is called \"{name}\" here."));
            }
            else if (name != written)
            {
                remarks.Add(Invariant($"In line {scan.First.Line}, the name of column {j + 1} has line breaks, more than one space, characters that are not to be seen, or more than {Longest} letters; it is called \"{name}\" here."));
            }

            if (places.TryGetValue(name, out var before))
            {
                var again = Free(name, places);
                remarks.Add(Invariant($"In line {scan.First.Line}, columns {before + 1} and {j + 1} are both named \"{name}\"; the latter is called \"{again}\" here. If they are one, leave it out."));
                name = again;
            }

            places[name] = j;
            names[j] = name;
        }

        return names;
    }

    private static string Numbered(int place) => Invariant($"column {place}");

    private static string Free(string name, Dictionary<string, int> taken) =>
        Enumerable.Range(2, taken.Count + 1).Select(i => Invariant($"{name} ({i})")).First(n => !taken.ContainsKey(n));

    /// <summary>Line breaks become spaces; what controls or is not seen, such as a change of the writing's direction, goes.</summary>
    private static string Clean(string written)
    {
        var text = new StringBuilder(written.Length);
        foreach (var rune in written.EnumerateRunes())
        {
            var isSpace = Rune.IsWhiteSpace(rune);
            var isUnseen = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse;
            if (isSpace && text.Length > 0 && text[^1] != ' ')
            {
                text.Append(' ');
            }
            else if (!isSpace && !isUnseen && text.Length < Longest)
            {
                text.Append(rune.ToString());
            }
        }

        return text.ToString().TrimEnd();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
