using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Weights;

/// <summary>
/// The safetensors format of Hugging Face: eight bytes with the length of a header, the header as JSON, then the tensors. As its specification asks, they lie one
/// after another without gaps or overlaps, and fill the file to its end; names are there once.
/// </summary>
internal sealed class SafetensorsFile : WeightFile
{
    /// <summary>Longest header; that of a vision transformer has about 20 kB.</summary>
    private const int MostHeaderBytes = 4 << 20;

    private const int LengthBytes = 8;
    private const string Metadata = "__metadata__";
    private static readonly string[] Fields = ["dtype", "shape", "data_offsets"];
    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 8 };

    private readonly FileStream _file;
    private readonly IReadOnlyDictionary<string, long> _places;

    private SafetensorsFile(FileStream file, string shown, IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, long> places)
        : base(shown)
    {
        _file = file;
        Tensors = tensors;
        _places = places;
    }

    public override IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>Takes the file over, unless it throws.</summary>
    public static SafetensorsFile Open(FileStream file, string shown)
    {
        var header = ReadHeader(file, shown);
        var data = LengthBytes + header.Length;
        var faults = new FaultList();
        List<(StoredTensor Tensor, long Begin)> found;
        try
        {
            using var document = JsonDocument.Parse(header, Json);
            found = ReadTensors(document.RootElement, faults);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: half a pair of surrogates, which JSON can write and no text can hold.
            throw WeightFault.Of(shown, "its header is no JSON");
        }

        CheckOrder(found, file.Length - data, faults);
        if (faults.Count > 0)
        {
            throw new InvalidInputException([new Fault(WeightFault.Field, $"{shown} cannot be used. {WeightFault.Again}"), .. faults.All], faults.Unnamed);
        }

        return new SafetensorsFile(file, shown, [.. found.Select(f => f.Tensor)], found.ToDictionary(f => f.Tensor.Name, f => data + f.Begin, StringComparer.Ordinal));
    }

    public override void Dispose() => _file.Dispose();

    private protected override void WithNumbers(StoredTensor tensor, Action<Stream> read)
    {
        _file.Position = _places[tensor.Name];
        read(_file);
    }

    private static byte[] ReadHeader(FileStream file, string shown)
    {
        Span<byte> start = stackalloc byte[LengthBytes];
        file.ReadExactly(start);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > MostHeaderBytes || (long)length > file.Length - LengthBytes)
        {
            throw WeightFault.Of(shown, FormattableString.Invariant(
                $"it claims a header of {length} bytes, where {file.Length - LengthBytes} bytes follow and at most {MostHeaderBytes} are read"));
        }

        var header = new byte[(int)length];
        file.ReadExactly(header);
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(header);
            return header;
        }
        catch (DecoderFallbackException)
        {
            throw WeightFault.Of(shown, "its header is not UTF-8");
        }
    }

    private static List<(StoredTensor Tensor, long Begin)> ReadTensors(JsonElement root, FaultList faults)
    {
        var found = new List<(StoredTensor, long)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                faults.Add(WeightFault.Field, $"{WeightFault.Named(property.Name)} is there twice.");
            }
            else if (names.Count > MostTensors)
            {
                faults.Add(WeightFault.Field, $"There are more than {MostTensors} tensors.");
                break;
            }
            else if (property.Name != Metadata && ReadTensor(property.Name, property.Value, faults) is { } tensor)
            {
                found.Add(tensor);
            }
        }

        return found;
    }

    private static (StoredTensor Tensor, long Begin)? ReadTensor(string name, JsonElement json, FaultList faults)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).SequenceEqual(Fields.Order(StringComparer.Ordinal)))
        {
            return Refuse($"has to have the fields {string.Join(", ", Fields)}, each once, and no other");
        }

        if (json.GetProperty("dtype") is not { ValueKind: JsonValueKind.String } type || Format(type.GetString()!) is not { } format)
        {
            return Refuse($"has numbers of the kind {Quoted(json.GetProperty("dtype"))}; F64, F32, F16 and BF16 are read");
        }

        if (Numbers(json.GetProperty("shape"), StoredTensor.MostAxes) is not { } shape || StoredTensor.LengthOf(shape) is not { } length)
        {
            return Refuse($"has the shape {Quoted(json.GetProperty("shape"))}; up to {StoredTensor.MostAxes} whole numbers from 1 are allowed, with a product of at most {StoredTensor.MostNumbers}");
        }

        var tensor = new StoredTensor(name, [.. shape.Select(axis => (int)axis)], length, format);
        if (Numbers(json.GetProperty("data_offsets"), 2) is not [var begin, var end] || begin > end || end - begin != tensor.Bytes)
        {
            return Refuse(FormattableString.Invariant(
                $"lies at {Quoted(json.GetProperty("data_offsets"))}, where two whole numbers {tensor.Bytes} apart are meant, for {WeightFault.Axes(tensor.Shape)} numbers"));
        }

        return begin % tensor.BytesOfNumber == 0
            ? (tensor, begin)
            : Refuse(FormattableString.Invariant($"begins at byte {begin}, which is no multiple of its numbers' {tensor.BytesOfNumber} bytes"));

        (StoredTensor, long)? Refuse(string what)
        {
            faults.Add(WeightFault.Field, $"{WeightFault.Named(name)} {what}.");
            return null;
        }
    }

    /// <summary>Says where one tensor does not begin as the one before it ends. Not asked where tensors are missing already.</summary>
    private static void CheckOrder(List<(StoredTensor Tensor, long Begin)> found, long dataBytes, FaultList faults)
    {
        if (faults.Count > 0)
        {
            return;
        }

        var reached = 0L;
        foreach (var (tensor, begin) in found.OrderBy(f => f.Begin))
        {
            if (begin != reached)
            {
                faults.Add(WeightFault.Field, FormattableString.Invariant(
                    $"{WeightFault.Named(tensor.Name)} begins at byte {begin} of the data, where the tensor before it ends at {reached}: there may be neither gaps nor overlaps."));
            }

            reached = Math.Max(reached, begin + tensor.Bytes);
        }

        if (reached != dataBytes)
        {
            faults.Add(WeightFault.Field, FormattableString.Invariant($"The tensors end at byte {reached} of the data, and the file at {dataBytes}{(reached > dataBytes ? ": it is cut short" : "")}."));
        }
    }

    /// <summary>Whole numbers from 0, at most so many; null for anything else.</summary>
    private static List<long>? Numbers(JsonElement json, int most)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > most)
        {
            return null;
        }

        var numbers = new List<long>();
        foreach (var item in json.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number) || number < 0)
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static NumberFormat? Format(string type) => type switch
    {
        "F16" => NumberFormat.Half,
        "BF16" => NumberFormat.BrainHalf,
        "F32" => NumberFormat.Single,
        "F64" => NumberFormat.Double,
        _ => null,
    };

    private static string Quoted(JsonElement json)
    {
        const int Longest = 60;
        var text = json.GetRawText();
        return text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
    }
}
