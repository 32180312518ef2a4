using System.Text.Json;
using System.Text.Json.Nodes;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Sweeps;

/// <summary>Reads fields of one JSON object and turns what is missing, of the wrong kind or out of range into faults.</summary>
internal sealed class JsonFields(JsonObject json, string path, FaultList faults)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Path(string field) => path.Length == 0 ? field : $"{path}.{field}";

    public bool Has(string field) => Node(field) is not null;

    public JsonNode? Node(string field)
    {
        _known.Add(field);
        return json[field];
    }

    public string? Text(string field, bool required = false)
    {
        var node = Node(field);
        if (node is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim().Length > 0)
        {
            return text;
        }

        if (node is not null)
        {
            faults.Add(Path(field), $"{Quoted.Json(node)} is not allowed; give a text that is not empty.");
        }
        else if (required)
        {
            faults.Add(Path(field), "is missing; give a text.");
        }

        return null;
    }

    public int? Whole(string field, int minimum, int maximum)
    {
        if (Node(field) is not { } node)
        {
            return null;
        }

        if (Whole(node, minimum, maximum) is { } number)
        {
            return number;
        }

        faults.Add(Path(field), $"{Quoted.Json(node)} is not allowed; give a whole number from {minimum} to {maximum}{NumberRemark.ForWhole(node)}.");
        return null;
    }

    public bool? Flag(string field)
    {
        if (Node(field) is not { } node)
        {
            return null;
        }

        if (node is JsonValue value && value.TryGetValue<bool>(out var flag))
        {
            return flag;
        }

        faults.Add(Path(field), $"{Quoted.Json(node)} is not allowed; give true or false.");
        return null;
    }

    public JsonObject? Object(string field)
    {
        var node = Node(field);
        if (node is not null and not JsonObject)
        {
            faults.Add(Path(field), $"{Quoted.Json(node)} is not allowed; give an object of options.");
        }

        return node as JsonObject;
    }

    public JsonArray? List(string field, string what, bool required)
    {
        var node = Node(field);
        if (node is JsonArray { Count: > 0 } list)
        {
            return list;
        }

        if (node is not null)
        {
            faults.Add(Path(field), $"{Quoted.Json(node)} is not allowed; give a list of at least one {what}.");
        }
        else if (required)
        {
            faults.Add(Path(field), $"is missing; give a list of at least one {what}.");
        }

        return null;
    }

    /// <summary>Distinct whole numbers, in the order given.</summary>
    public IReadOnlyList<int>? WholeNumbers(string field, string what, int minimum, int maximum, bool mayBeEmpty = false)
    {
        if (mayBeEmpty && Node(field) is JsonArray { Count: 0 })
        {
            return [];
        }

        if (List(field, what, required: false) is not { } list)
        {
            return null;
        }

        var numbers = new List<int>();
        var seen = new HashSet<int>();
        for (var i = 0; i < list.Count; i++)
        {
            if (Whole(list[i], minimum, maximum) is not { } number)
            {
                faults.Add($"{Path(field)}[{i}]", $"{Quoted.Json(list[i])} is not allowed; give a whole number from {minimum} to {maximum}{NumberRemark.ForWhole(list[i])}.");
            }
            else if (!seen.Add(number))
            {
                faults.Add($"{Path(field)}[{i}]", $"{number} is there twice; give each {what} once.");
            }
            else
            {
                numbers.Add(number);
            }
        }

        return numbers;
    }

    public void RefuseUnknown()
    {
        foreach (var (field, _) in json)
        {
            if (!_known.Contains(field))
            {
                faults.Add(Path(field), $"unknown field;{NearestName.Question(field, _known)} allowed: {string.Join(", ", _known)}.");
            }
        }
    }

    private static int? Whole(JsonNode? node, int minimum, int maximum) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number)
        && number == Math.Floor(number) && number >= minimum && number <= maximum ? (int)number
        : node is JsonValue made && made.TryGetValue<int>(out var whole) && whole >= minimum && whole <= maximum ? whole : null;
}
