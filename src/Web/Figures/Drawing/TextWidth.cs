namespace Stepsize.Web.Figures.Drawing;

/// <summary>
/// About how wide a text is drawn: the server has no fonts, and readers' fonts differ. Rather too wide, so that nothing runs into its
/// neighbour.
/// </summary>
public static class TextWidth
{
    /// <param name="size">Font size, in the drawing's units.</param>
    public static double Of(string text, double size) => size * text.Sum(Share);

    /// <summary>The text, cut with an ellipsis where it is wider than this.</summary>
    public static string Fit(string text, double size, double width)
    {
        if (Of(text, size) <= width)
        {
            return text;
        }

        var end = text.Length;
        while (end > 1 && Of(text[..end] + "…", size) > width)
        {
            end--;
        }

        // Half of a letter outside the basic plane is no letter.
        return text[..(end > 1 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].TrimEnd() + "…";
    }

    /// <summary>The text in lines of at most this width, broken at spaces.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Of(longer, size) > width)
            {
                lines.Add(line);
                longer = word;
            }

            line = Fit(longer, size, width);
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Widths of DejaVu Sans, among the widest of the fonts that readers have.</summary>
    private static double Share(char letter) => letter switch
    {
        ' ' or '\u2009' or '.' or ',' or ':' or ';' or '!' or '|' or '\'' or 'i' or 'l' or 'j' => 0.32,
        'I' or 'f' or 't' or 'r' or '(' or ')' or '-' or '/' => 0.4,
        'm' or 'w' or 'M' or 'W' or '%' or '@' or '—' or '±' or '≥' or '−' => 0.9,
        >= 'A' and <= 'Z' => 0.69,
        >= '0' and <= '9' => 0.64,
        < '\u0250' => 0.6,
        < '\u1100' => 0.66,
        _ => 0.8,
    };
}
