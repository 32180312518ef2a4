using System.Globalization;
using System.Text.Json.Nodes;
using Stepsize.Training.Options;

namespace Stepsize.Web.Components.Forms;

/// <summary>Values of options, as typed.</summary>
public sealed class OptionDraft
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public OptionDraft(IReadOnlyList<OptionDefinition> definitions)
    {
        Definitions = definitions;
        foreach (var definition in definitions)
        {
            _texts[definition.Id] = Text(definition.Default);
        }
    }

    public IReadOnlyList<OptionDefinition> Definitions { get; }

    /// <summary>How many differ from their defaults.</summary>
    public int Changed => Definitions.Count(d => _texts[d.Id] != Text(d.Default));

    public string this[string id]
    {
        get => _texts[id];
        set => _texts[id] = value;
    }

    public void Set(OptionSet options)
    {
        foreach (var (id, value) in options.Values)
        {
            _texts[id] = Text(value);
        }
    }

    /// <summary>Options that differ from their defaults; texts that are no numbers stay texts, for the reader to refuse.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var definition in Definitions.Where(d => _texts[d.Id] != Text(d.Default)))
        {
            var text = _texts[definition.Id];
            json[definition.Id] = definition.Kind switch
            {
                OptionKind.Flag => text == "true",
                OptionKind.Choice => text,
                OptionKind.Numbers => DraftText.List(text),
                _ => DraftText.Number(text),
            };
        }

        return json;
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        double[] numbers => string.Join(", ", numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture))),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
