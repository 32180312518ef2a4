using System.Globalization;
using System.Text.Json.Nodes;

namespace Stepsize.Web.Components.Forms;

/// <summary>What people type, as JSON. What is no number stays a text, so that the specification's reader names it in its message.</summary>
internal static class DraftText
{
    /// <summary>More entries than this in a range such as <c>0-4</c> are left as text.</summary>
    private const int MaximumRange = 10_000;

    public static JsonNode Number(string text)
    {
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : text.Trim();
    }

    /// <summary>Entries between commas, semicolons or spaces.</summary>
    public static JsonArray List(string text) => new([.. Entries(text).Select(Number)]);

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
                : [Number(entry)];
    }

    private static string[] Entries(string text) => text.Split([',', ';', ' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
