using System.Text.Json.Nodes;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Options;

/// <summary>Values for all options of a definition, defaults filled in, checked. Two sets with the same values are the same configuration.</summary>
public sealed class OptionSet
{
    private readonly SortedDictionary<string, object> _values = new(StringComparer.Ordinal);

    private OptionSet()
    {
    }

    public static OptionSet Empty { get; } = new();

    public IReadOnlyDictionary<string, object> Values => _values;

    public double Number(string id) => (double)_values[id];

    public int Integer(string id) => (int)_values[id];

    public bool Flag(string id) => (bool)_values[id];

    public string Choice(string id) => (string)_values[id];

    public string Text(string id) => (string)_values[id];

    public double[] Numbers(string id) => (double[])_values[id];

    /// <summary>Reads <paramref name="given"/> against <paramref name="definitions"/>; adds a fault for each unknown option and each value that is not allowed.</summary>
    /// <param name="field">Path of the options in the specification, for the faults.</param>
    /// <param name="isStored">Whether what is not given is not a person's choice, but was stored before there was the option.</param>
    public static OptionSet Resolve(IReadOnlyList<OptionDefinition> definitions, JsonObject? given, string field, FaultList faults, bool isStored = false)
    {
        var set = new OptionSet();
        foreach (var definition in definitions)
        {
            set._values[definition.Id] = definition.Default;
        }

        foreach (var (id, node) in given ?? [])
        {
            var definition = definitions.FirstOrDefault(d => d.Id == id);
            if (definition is null)
            {
                var known = definitions.Count == 0 ? "there are no options here" : "allowed: " + string.Join(", ", definitions.Select(d => d.Id));
                faults.Add($"{field}.{id}", $"unknown option;{NearestName.Question(id, definitions.Select(d => d.Id))} {known}.");
            }
            else if (OptionValue.Read(definition, node) is { } value)
            {
                set._values[id] = value;
            }
            else
            {
                faults.Add($"{field}.{id}", $"{Quoted.Json(node)} is not allowed; give {definition.Allowed}.");
            }
        }

        foreach (var missing in definitions.Where(d => isStored && given?.ContainsKey(d.Id) != true))
        {
            set._values[missing.Id] = missing.ImpliedBy(set);
        }

        return set;
    }

    /// <summary>All values with sorted names: the form that is stored and shown.</summary>
    public JsonObject ToJson() => Write(_values);

    /// <summary>
    /// The values that are not implied, with sorted names: the form that is hashed. An option added later, of which stored forms imply what was done before,
    /// leaves it as it was.
    /// </summary>
    public JsonObject ToJsonWithoutImplied(IReadOnlyList<OptionDefinition> definitions) =>
        Write(_values.Where(v => definitions.FirstOrDefault(d => d.Id == v.Key)?.IsImplied(v.Value, this) != true));

    private static JsonObject Write(IEnumerable<KeyValuePair<string, object>> values)
    {
        var json = new JsonObject();
        foreach (var (id, value) in values)
        {
            json[id] = OptionValue.Write(value);
        }

        return json;
    }
}
