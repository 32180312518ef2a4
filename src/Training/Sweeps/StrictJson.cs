using System.Text;
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
            Check(root, [], faults);
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

    /// <param name="path">Where the element is. Written out only where something is said: names may be long, and elements many.</param>
    private static void Check(JsonElement element, List<(string Name, int Index)> path, FaultList faults)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var seen = new HashSet<string>(StringComparer.Ordinal);
                foreach (var property in element.EnumerateObject())
                {
                    path.Add((property.Name, -1));
                    if (!seen.Add(property.Name))
                    {
                        faults.Add(faults.IsFull ? "" : Text(path), "stands there twice; give each field once.");
                    }

                    Check(property.Value, path, faults);
                    path.RemoveAt(path.Count - 1);
                }

                break;
            case JsonValueKind.Array:
                path.Add(("", 0));
                foreach (var item in element.EnumerateArray())
                {
                    Check(item, path, faults);
                    path[^1] = ("", path[^1].Index + 1);
                }

                path.RemoveAt(path.Count - 1);
                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }

    private static string Text(List<(string Name, int Index)> path)
    {
        var text = new StringBuilder();
        foreach (var (name, index) in path)
        {
            text.Append(text.Length > 0 && index < 0 ? "." : "").Append(index < 0 ? name : $"[{index}]");
        }

        return text.ToString();
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
