using System.Globalization;
using Microsoft.OpenApi;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Api.Http.Asking;

/// <summary>Several values, of which any may hold: <c>seed=0,1</c> is the same as <c>seed=0&amp;seed=1</c>.</summary>
/// <param name="What">One of them in words, such as <c>seed</c>.</param>
/// <param name="Item">Schema of one.</param>
/// <param name="Parse">Null for a text that is none.</param>
/// <param name="Allowed">What to give instead, such as <c>whole numbers</c>.</param>
internal sealed record ListParameter<T>(string Name, string Description, string What, OpenApiSchema Item, Func<string, T?> Parse, string Allowed)
    : QueryParameter<IReadOnlyList<T>>(Name, Description)
    where T : struct
{
    /// <summary>More values than anybody types; an address cannot hold many more.</summary>
    private const int MostValues = 1000;

    public override bool IsList => true;

    public override OpenApiSchema Schema => new() { Type = JsonSchemaType.Array, Items = Item, MaxItems = MostValues };

    public override IReadOnlyList<T>? Read(string text, FaultList faults)
    {
        var values = new List<T>();
        var before = faults.Count;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Parse(part) is { } value)
            {
                values.Add(value);
            }
            else
            {
                faults.Add(Name, $"\"{Quoting.Short(part)}\" is not a {What}; give {Allowed}, with commas between.");
            }
        }

        if (values.Count > MostValues)
        {
            faults.Add(Name, $"has {values.Count} values; give at most {MostValues}.");
        }

        return faults.Count == before ? values : null;
    }
}

/// <summary>Several ids, which the operation looks up.</summary>
internal sealed record IdsParameter(string Name, string Description) : QueryParameter<IReadOnlyList<string>>(Name, Description)
{
    public override bool IsList => true;

    public override OpenApiSchema Schema => new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } };

    public override IReadOnlyList<string> Read(string text, FaultList faults) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
}

/// <summary>Makes the usual lists.</summary>
internal static class ListParameter
{
    public static ListParameter<T> OfWords<T>(string name, string description, string what, IReadOnlyDictionary<string, T> words)
        where T : struct =>
        new(
            name, description, what,
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Keys.Select(w => (System.Text.Json.Nodes.JsonNode)w)] },
            text => words.TryGetValue(text, out var value) ? value : null,
            $"one of {string.Join(", ", words.Keys)}");

    public static ListParameter<int> OfWholeNumbers(string name, string description, string what) =>
        new(
            name, description, what, new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0" },
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null,
            "whole numbers from 0");

    public static ListParameter<double> OfNumbers(string name, string description, string what) =>
        new(
            name, description, what, new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" },
            text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null,
            "numbers like 0.001 or 1e-3");
}
