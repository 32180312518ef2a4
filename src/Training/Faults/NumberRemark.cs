using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stepsize.Training.Faults;

/// <summary>What a text that stands where a number should may have been meant as.</summary>
internal static partial class NumberRemark
{
    private const int LongestRead = 40;
    private const int PatienceMilliseconds = 1000;

    /// <summary>A sentence's end, such as <c>, written with a point: 0.1</c>; empty where nothing suggests itself.</summary>
    public static string ForDecimal(JsonNode? node) =>
        Text(node) is { } text && DecimalComma().IsMatch(text) ? $", written with a point: {text.Replace(',', '.')}" : "";

    /// <inheritdoc cref="ForDecimal"/>
    public static string ForWhole(JsonNode? node) =>
        Text(node) is { } text && Grouped().IsMatch(text) ? ", written without points, commas or spaces between its digits" : "";

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length <= LongestRead ? text.Trim() : null;

    [GeneratedRegex(@"^[+-]?\d+,\d+([eE][+-]?\d+)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, PatienceMilliseconds)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^[+-]?\d+([.,'\s]\d+)+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, PatienceMilliseconds)]
    private static partial Regex Grouped();
}
