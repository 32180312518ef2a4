using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stepsize.Web.Views.Text;

/// <summary>Specifications as pages show them: indented, but lists of numbers on one line.</summary>
public static partial class SpecificationText
{
    // Shown as text, which pages encode themselves: subscripts and quotes need no escapes here.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonObject json) =>
        NumberLists().Replace(json.ToJsonString(Indented), list => "[" + Separators().Replace(list.Groups["items"].Value, ", ") + "]");

    /// <summary>Texts in JSON have no line breaks, so nothing inside one can match.</summary>
    [GeneratedRegex(@"\[\r?\n\s*(?<items>[-+.\deE]+(,\r?\n\s*[-+.\deE]+)*)\r?\n\s*\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberLists();

    [GeneratedRegex(@",\r?\n\s*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separators();
}
