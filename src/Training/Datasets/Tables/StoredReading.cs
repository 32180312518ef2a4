using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stepsize.Training.Datasets.Reading;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>
/// The reading of a table as a file beside it, named by the table and its content: <c>mine.csv.0123456789abcdef.json</c>. It is there before the table is, so that a
/// table is replaced with its reading by one renaming, and a reading is never taken for another content's.
/// </summary>
internal static class StoredReading
{
    private const int DigitsOfChecksum = 16;
    private const long MostBytes = 64 << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string PathOf(string table, string checksum) => $"{table}.{checksum[..DigitsOfChecksum]}.json";

    public static byte[] Write(TableReading reading) => JsonSerializer.SerializeToUtf8Bytes(reading, Json);

    /// <summary>That of this content; null where the table was put there by hand, or the reading is damaged.</summary>
    public static TableReading? Find(string table, string checksum)
    {
        var path = PathOf(table, checksum);
        return File.Exists(path) && Read(path) is { } reading && reading.Checksum == checksum ? reading : null;
    }

    /// <summary>That of the table as it seems to be, without reading the table itself.</summary>
    public static TableReading? Guess(string table)
    {
        var found = All(table);
        return found.Count == 1 && Read(found[0]) is { } reading && reading.Bytes == new FileInfo(table).Length ? reading : null;
    }

    /// <summary>Paths of every reading of a table of this name.</summary>
    public static IReadOnlyList<string> All(string table) =>
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(table)!, $"{Path.GetFileName(table)}.*.json").Where(p => p.Length == PathOf(table, new string('0', 64)).Length)];

    /// <summary>SHA-256 of what decides how cells become numbers; null where a table is written plainly, which has no two readings.</summary>
    public static string? ChecksumOf(TableReading reading) => reading.Format.IsPlain && reading.Columns.All(c => c.Missing == 0)
        ? null
        : BoundedFile.Checksum(JsonSerializer.SerializeToUtf8Bytes(
            new { reading.Format, reading.Missing, Columns = reading.Columns.Select(c => new { c.Name, c.Kind, c.Categories }) }, Json));

    private static TableReading? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<TableReading>(BoundedFile.Read(path, MostBytes), Json);
        }
        catch (Exception e) when (e is JsonException or Faults.InvalidInputException)
        {
            return null;
        }
    }
}
