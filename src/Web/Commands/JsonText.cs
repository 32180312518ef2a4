using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stepsize.Training.Options;

namespace Stepsize.Web.Commands;

/// <summary>JSON as the command line writes it: indented, with letters like η and ₀ as they are.</summary>
internal static class JsonText
{
    public static JsonWriterOptions Writing { get; } = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Serialising = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode node) => node.ToJsonString(Serialising);

    /// <summary>What an optimizer or a workload can be told.</summary>
    public static JsonArray Of(IReadOnlyList<OptionDefinition> options) => new([.. options.Select(Of)]);

    private static JsonNode Of(OptionDefinition option)
    {
        var json = new JsonObject
        {
            ["id"] = option.Id,
            ["kind"] = option.Kind.ToString().ToLowerInvariant(),
            ["default"] = JsonSerializer.SerializeToNode(option.Default),
            ["allowed"] = option.Allowed,
            ["meaning"] = option.Meaning,
        };
        if (option.Choices.Count > 0)
        {
            json["choices"] = new JsonArray([.. option.Choices.Select(c => (JsonNode)c)]);
        }

        return json;
    }
}
