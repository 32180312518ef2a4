namespace Stepsize.Web.Api.Http.Asking;

/// <summary>What somebody gave, as an answer repeats it.</summary>
internal static class Quoting
{
    private const int Longest = 60;

    /// <summary>On one line, and cut where it is long.</summary>
    public static string Short(string text)
    {
        var cut = text.Length <= Longest ? text : text[..Longest] + "…";
        return string.Concat(cut.Select(c => char.IsControl(c) ? '\u00b7' : c));
    }
}
