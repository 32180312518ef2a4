using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stepsize.Training.Options;

/// <summary>Reads and writes one option's value as JSON.</summary>
internal static class OptionValue
{
    /// <summary>The value, or null where it is of the wrong kind or out of range.</summary>
    public static object? Read(OptionDefinition definition, JsonNode? node) => definition.Kind switch
    {
        OptionKind.Flag => node is JsonValue v && v.TryGetValue<bool>(out var flag) ? flag : null,
        OptionKind.Choice => node is JsonValue v && v.TryGetValue<string>(out var word) && definition.Choices.Contains(word) ? word : null,
        OptionKind.Text => node is JsonValue v && v.TryGetValue<string>(out var line) && line.Length <= OptionDefinition.MaximumTextLength && !line.Any(char.IsControl) ? line : null,
        OptionKind.Number => Number(node) is { } number && definition.Admits(number) ? number : null,
        OptionKind.Integer => Number(node) is { } number && definition.Admits(number) && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null,
        OptionKind.Numbers => Numbers(definition, node),
        _ => null,
    };

    public static JsonNode Write(object value) => value switch
    {
        double number => JsonValue.Create(number),
        int number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        string word => JsonValue.Create(word),
        double[] numbers => new JsonArray([.. numbers.Select(n => (JsonNode)JsonValue.Create(n))]),
        _ => throw new ArgumentException($"An option cannot hold a {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>Adding zero turns −0, which is the same number but another text and so another hash, into 0.</summary>
    private static double? Number(JsonNode? node) =>
        node is JsonValue v && v.GetValueKind() == JsonValueKind.Number && v.TryGetValue<double>(out var number) ? number + 0.0
        : node is JsonValue w && w.TryGetValue<int>(out var whole) ? whole : null;

    private static double[]? Numbers(OptionDefinition definition, JsonNode? node)
    {
        if (node is not JsonArray array || array.Count != ((double[])definition.Default).Length)
        {
            return null;
        }

        var numbers = array.Select(Number).ToArray();
        return numbers.All(n => n is { } number && definition.Admits(number)) ? [.. numbers.Select(n => n!.Value)] : null;
    }
}
