namespace Stepsize.Training.Datasets.Tables;

/// <summary>What cells say beside numbers.</summary>
internal static class CellText
{
    private const int Longest = 40;

    /// <summary>What other programs write where they have no value.</summary>
    private static readonly HashSet<string> MissingWords = new(StringComparer.OrdinalIgnoreCase) { "NA", "N/A", "#N/A", "NaN", "null", "?" };

    /// <summary>Such words too, in a column of numbers only: elsewhere they may be values.</summary>
    private static readonly HashSet<string> MissingNumbers = new(StringComparer.OrdinalIgnoreCase) { "-", "--", ".", "none", "nil", "missing", "n.a.", "#NV", "<NA>" };

    public static bool IsMissing(ReadOnlySpan<char> cell) => cell.IsEmpty || (cell.Length <= 4 && MissingWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(cell));

    public static bool IsMissingNumber(ReadOnlySpan<char> cell) =>
        IsMissing(cell) || (cell.Length <= 7 && MissingNumbers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(cell));

    /// <summary>As messages show it.</summary>
    public static string Shown(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}
