namespace Stepsize.Web.Figures.Tables;

/// <summary>What letters of a LaTeX table ask of the document that it is put into.</summary>
internal static class LatexLetters
{
    /// <summary>Of Latin-1, what the encoding that documents have by themselves (OT1) cannot compose.</summary>
    private const string BeyondOt1 = "«»ÐðÞþ¢¤¥¦";

    private const char LastOfLatin1 = '\u00ff';
    private const char LastOfLatinExtendedA = '\u017f';

    /// <summary>A comment that names the encoding or the program that the letters need; empty where they need none.</summary>
    /// <param name="escaped">Letters that are written as commands.</param>
    public static string Needs(IEnumerable<string> texts, IReadOnlyCollection<char> escaped)
    {
        var letters = texts.SelectMany(t => t).Where(l => l > '\u007f' && !escaped.Contains(l) && !char.IsControl(l)).Distinct().ToList();
        return letters.Exists(l => l > LastOfLatinExtendedA && !"‚„“”‘‹›".Contains(l, StringComparison.Ordinal))
                ? "% Has letters that pdfLaTeX does not know: typeset it with LuaLaTeX or XeLaTeX, \\usepackage{fontspec} and a font that has them.\n"
            : letters.Exists(l => l > LastOfLatin1 || BeyondOt1.Contains(l, StringComparison.Ordinal)) ? "% Has letters that need \\usepackage[T1]{fontenc}.\n"
            : "";
    }
}
