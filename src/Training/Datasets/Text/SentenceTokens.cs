namespace Stepsize.Training.Datasets.Text;

/// <summary>
/// Cuts English sentences into tokens as Kim (2014) does: only letters, digits and <c>( ) , ! ? ' `</c> stay; contractions such as <c>'s</c> and
/// <c>n't</c> and each punctuation mark become tokens of their own; all in lower case.
/// </summary>
internal static class SentenceTokens
{
    private static readonly string[] Contractions = ["'s", "'ve", "n't", "'re", "'d", "'ll"];

    public static List<string> Of(string sentence)
    {
        var cleaned = new char[sentence.Length];
        for (var i = 0; i < sentence.Length; i++)
        {
            cleaned[i] = IsKept(sentence[i]) ? sentence[i] : ' ';
        }

        var spaced = new System.Text.StringBuilder(sentence.Length + 16).Append(cleaned);
        foreach (var contraction in Contractions)
        {
            spaced.Replace(contraction, " " + contraction);
        }

        foreach (var mark in ",!()?")
        {
            spaced.Replace(mark.ToString(), $" {mark} ");
        }

        return [.. spaced.ToString().ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static bool IsKept(char c) => char.IsAsciiLetterOrDigit(c) || c is '(' or ')' or ',' or '!' or '?' or '\'' or '`';
}
