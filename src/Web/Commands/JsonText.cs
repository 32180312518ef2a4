using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stepsize.Web.Commands;

/// <summary>JSON as the command line writes it: indented, with letters like η and ₀ as they are.</summary>
internal static class JsonText
{
    public static JsonWriterOptions Writing { get; } = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Serialising = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode node) => node.ToJsonString(Serialising);
}
