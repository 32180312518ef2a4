using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Stepsize.Web.Components.Forms;

/// <summary>Where the fields of a JSON text stand: what a fault's path leads to.</summary>
public sealed class JsonPlaces
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _optimizers = [];

    private JsonPlaces()
    {
    }

    /// <summary>The ids that the text's optimizers have, by their place; null where one has none.</summary>
    public IReadOnlyList<string?> OptimizerIds =>
        [.. Enumerable.Range(0, _optimizers.Count == 0 ? 0 : _optimizers.Keys.Max() + 1).Select(i => _optimizers.GetValueOrDefault(i))];

    /// <summary>Reads as far as the text is JSON.</summary>
    public static JsonPlaces Of(string text)
    {
        var places = new JsonPlaces();
        try
        {
            places.Read(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException)
        {
            // The fault says itself where the text ends to be JSON.
        }

        return places;
    }

    /// <summary>Line of a field, from 1; of what it is in where it is not there itself; null for the whole.</summary>
    public int? LineOf(string field)
    {
        for (var path = field; path.Length > 0; path = Outer(path))
        {
            if (_lines.TryGetValue(path, out var line))
            {
                return line;
            }
        }

        return null;
    }

    private static string Outer(string path) => path[..Math.Max(0, Math.Max(path.LastIndexOf('.'), path.LastIndexOf('[')))];

    private void Read(byte[] json)
    {
        var reader = new Utf8JsonReader(json, Lenient);
        var open = new Stack<(string Path, int Index)>();
        var (field, line, at) = ("", 1, 0);
        while (reader.Read())
        {
            for (; at < reader.TokenStartIndex; at++)
            {
                line += json[at] == (byte)'\n' ? 1 : 0;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var (path, _) = open.Peek();
                    field = path.Length == 0 ? reader.GetString()! : $"{path}.{reader.GetString()}";
                    _lines.TryAdd(field, line);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    break;
                default:
                    var place = Place(open, field);
                    _lines.TryAdd(place, line);
                    if (reader.TokenType == JsonTokenType.StartObject)
                    {
                        open.Push((place, -1));
                    }
                    else if (reader.TokenType == JsonTokenType.StartArray)
                    {
                        open.Push((place, 0));
                    }
                    else if (reader.TokenType == JsonTokenType.String && place.StartsWith("optimizers[", StringComparison.Ordinal) && place.EndsWith("].id", StringComparison.Ordinal)
                        && int.TryParse(place["optimizers[".Length..^"].id".Length], NumberStyles.None, CultureInfo.InvariantCulture, out var row))
                    {
                        _optimizers[row] = reader.GetString()!;
                    }

                    break;
            }
        }
    }

    /// <summary>Of the value that begins here: an entry of the list that is open, or the field named before it.</summary>
    private static string Place(Stack<(string Path, int Index)> open, string field)
    {
        if (open.Count == 0)
        {
            return "";
        }

        if (open.Peek() is not { Index: >= 0 } list)
        {
            return field;
        }

        open.Pop();
        open.Push((list.Path, list.Index + 1));
        return $"{list.Path}[{list.Index}]";
    }
}
