using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stepsize.Web.Components.Forms;

/// <summary>
/// What people type, as JSON. What is no number, or could be two, stays a text, so that the specification's reader names it in its message: a length of
/// <c>1.000</c> is a thousand to some and one to others.
/// </summary>
internal static partial class DraftText
{
    /// <summary>More entries than this in a range such as <c>0-4</c> are left as text.</summary>
    private const int MaximumRange = 10_000;

    private const int PatienceMilliseconds = 1000;

    public static JsonNode Number(string text)
    {
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : text.Trim();
    }

    /// <summary>A number that counts: digits, and an exponent such as in <c>1e4</c>, but no point, comma or zeros before it.</summary>
    public static JsonNode Count(string text) => MayBeGrouped().IsMatch(text) ? text.Trim() : Number(text);

    /// <summary>
    /// Entries between commas, semicolons or spaces. Where semicolons or spaces separate, a comma within an entry is one of a decimal, as in <c>0,1; 0,5</c>: such
    /// an entry stays a text.
    /// </summary>
    public static JsonArray List(string text)
    {
        var chunks = text.Split([';', ' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(c => c.Trim(',')).Where(c => c.Length > 0).ToList();
        return chunks.Count == 1
            ? new([.. Entries(text).Select(Number)])
            : new([.. chunks.SelectMany(c => HasDecimalComma().IsMatch(c) ? [(JsonNode)c] : Entries(c).Select(Number))]);
    }

    /// <summary>Whole numbers, and ranges such as <c>0-4</c>.</summary>
    public static JsonArray WholeNumbers(string text) => new([.. Entries(text).SelectMany(Whole)]);

    private static IEnumerable<JsonNode> Whole(string entry)
    {
        var ends = entry.Split('-', '–');
        return ends.Length == 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first <= last && last - first < MaximumRange
                ? Enumerable.Range(first, last - first + 1).Select(n => (JsonNode)n)
                : [Count(entry)];
    }

    private static string[] Entries(string text) => text.Split([',', ';', ' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"[.,]|^\s*0\d", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, PatienceMilliseconds)]
    private static partial Regex MayBeGrouped();

    [GeneratedRegex(@"^[+-]?\d+,\d+([eE][+-]?\d+)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, PatienceMilliseconds)]
    private static partial Regex HasDecimalComma();
}
