namespace Stepsize.Training.Faults;

/// <summary>
/// Characters that are not seen and change how the letters around them are: a name with U+202E in it reads backwards, and so does the rest of the line that it
/// stands in.
/// </summary>
public static class HiddenMarks
{
    private const string Directions = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";
    private const string Breaks = "\u2028\u2029";
    private const string Invisible = "\ufeff\ufff9\ufffa\ufffb";

    public static bool IsOne(char letter) =>
        Directions.Contains(letter, StringComparison.Ordinal) || Breaks.Contains(letter, StringComparison.Ordinal) || Invisible.Contains(letter, StringComparison.Ordinal);

    /// <summary>What is wrong with a text that is to be a name: the first such character; null where there is none.</summary>
    public static string? FaultIn(string text) => text.FirstOrDefault(IsOne) is var found && found != default
        ? $"holds the character U+{(int)found:X4}, which is not seen and changes how the text is read; leave it out."
        : null;

    /// <summary>The text without them, for what is stored already.</summary>
    public static string Without(string text) => text.Any(IsOne) ? string.Concat(text.Where(l => !IsOne(l))) : text;
}
