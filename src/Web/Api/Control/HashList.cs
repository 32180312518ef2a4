using System.Text.Json;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Api.Control;

/// <summary>Reads <c>{ "hashes": [ … ] }</c>.</summary>
internal static class HashList
{
    /// <summary>Room for the hashes of the largest grid there may be, each 32 characters in quotes.</summary>
    public const int MostBytes = SpecificationLimits.MostRuns * 40;

    private const string Field = "hashes";

    /// <returns>Null where all are meant: an empty body, or one without the field.</returns>
    /// <exception cref="InvalidInputException">It is anything else; names every fault.</exception>
    public static IReadOnlyList<string>? Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return Read(json.RootElement);
        }
        // Half of a surrogate pair is JSON, and no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidInputException("", "This is not valid JSON; send { \"hashes\": [ … ] } with configuration hashes, or {} for all that is missing.");
        }
    }

    private static IReadOnlyList<string>? Read(JsonElement json)
    {
        var faults = new FaultList();
        IReadOnlyList<string>? hashes = null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidInputException("", "Send an object: { \"hashes\": [ … ] } with configuration hashes, or {} for all that is missing.");
        }

        foreach (var property in json.EnumerateObject())
        {
            if (property.Name != Field)
            {
                faults.Add(property.Name, $"unknown field; allowed: {Field}.");
            }
            else if (property.Value.ValueKind == JsonValueKind.Array && property.Value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String))
            {
                hashes = [.. property.Value.EnumerateArray().Select(e => e.GetString()!)];
            }
            else
            {
                faults.Add(Field, "must be a list of configuration hashes, which are texts; leave it out for all that is missing.");
            }
        }

        faults.ThrowIfAny();
        return hashes;
    }
}
