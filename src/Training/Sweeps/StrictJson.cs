using System.Text.Json;
using System.Text.Json.Nodes;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Sweeps;

/// <summary>Reads JSON text in which every field stands once and every text is a text: what a reader of nodes may rely on.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="InvalidInputException">The text is not JSON, or a field stands twice; names every one.</exception>
    public static JsonNode? Parse(string text)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            root = document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidInputException("", $"This is not valid JSON{Place(e)}: {Reason(e)}");
        }

        var faults = new FaultList();
        try
        {
            Check(root, "", faults);
        }
        catch (InvalidOperationException)
        {
            throw new InvalidInputException("", "This is not valid JSON: a text holds half of a surrogate pair (\\ud800 to \\udfff); write the character itself.");
        }

        faults.ThrowIfAny();
        return root.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(root),
            JsonValueKind.Array => JsonArray.Create(root),
            _ => JsonValue.Create(root),
        };
    }

    private static void Check(JsonElement element, string path, FaultList faults)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var seen = new HashSet<string>(StringComparer.Ordinal);
                foreach (var property in element.EnumerateObject())
                {
                    var field = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                    if (!seen.Add(property.Name))
                    {
                        faults.Add(field, "stands there twice; give each field once.");
                    }

                    Check(property.Value, field, faults);
                }

                break;
            case JsonValueKind.Array:
                var i = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Check(item, $"{path}[{i++}]", faults);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }

    private static string Place(Exception e) =>
        e is JsonException { LineNumber: { } line, BytePositionInLine: { } position } ? $" (line {line + 1}, column {position + 1})" : "";

    /// <summary>The reader's message without the place, which it counts from zero.</summary>
    private static string Reason(Exception e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }
}
