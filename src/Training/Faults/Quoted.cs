using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Stepsize.Training.Faults;

/// <summary>A value that was given, as messages show it.</summary>
internal static class Quoted
{
    private const int Longest = 60;

    // A NaN that code put in is shown as one, though JSON cannot hold it.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Json(JsonNode? node)
    {
        var text = node?.ToJsonString(Options) ?? "null";
        return text.Length <= Longest ? text : text[..(Longest - 3)] + "…";
    }
}
