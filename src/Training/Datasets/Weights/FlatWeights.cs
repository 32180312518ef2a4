using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Weights;

/// <summary>
/// Imported weights as one file: eight letters, the length of a header in four bytes, the header as JSON, then all tensors as little-endian floats, in the order of
/// the network's parameters. The header holds the SHA-256 of the numbers.
/// </summary>
internal static class FlatWeights
{
    private const int MostHeaderBytes = 1 << 20;
    private const int FloatsAtOnce = 1 << 14;
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        MaxDepth = 8,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static ReadOnlySpan<byte> Magic => "SSWEIGH1"u8;

    /// <returns>SHA-256 of the numbers.</returns>
    public static string Write(string path, string target, string source, string sourceChecksum, MappedWeights weights)
    {
        var checksum = Checksum(weights.Tensors);
        var header = JsonSerializer.SerializeToUtf8Bytes(
            new Header(target, source, sourceChecksum, checksum, weights.Remarks, [.. weights.Tensors.Select(t => new Tensor(t.Name, t.Shape))]), Json);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        file.Write(Magic);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, header.Length);
        file.Write(length);
        file.Write(header);
        ForBytes(weights.Tensors, file.Write);
        file.Flush(flushToDisk: true);
        return checksum;
    }

    /// <summary>SHA-256 of numbers as they are written.</summary>
    public static string Checksum(IReadOnlyList<NamedTensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ForBytes(tensors, hash.AppendData);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The description without the numbers.</summary>
    /// <exception cref="InvalidInputException">It is none, or its length is not what it says.</exception>
    public static (WeightsEntry Entry, IReadOnlyList<(string Name, IReadOnlyList<int> Shape)> Tensors) Describe(string path, string name) => Reading(path, name, file =>
    {
        var header = ReadHeader(file, name);
        return (Entry(name, header), (IReadOnlyList<(string, IReadOnlyList<int>)>)[.. header.Tensors.Select(t => (t.Name, t.Shape))]);
    });

    /// <summary>Description and numbers, which are compared with their checksum.</summary>
    /// <exception cref="InvalidInputException">It is damaged.</exception>
    public static (WeightsEntry Entry, IReadOnlyList<NamedTensor> Tensors) Read(string path, string name) => Reading(path, name, file =>
    {
        var header = ReadHeader(file, name);
        var values = new float[header.Tensors.Sum(t => (long)StoredTensor.LengthOf([.. t.Shape.Select(a => (long)a)])!.Value)];
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<float, int>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        var tensors = new List<NamedTensor>();
        foreach (var (tensor, offset) in header.Tensors.Zip(Offsets(header)))
        {
            tensors.Add(new NamedTensor(tensor.Name, tensor.Shape, values.AsMemory((int)offset, tensor.Shape.Aggregate(1, (a, b) => a * b))));
        }

        return Checksum(tensors) == header.Sha256 && Array.TrueForAll(values, float.IsFinite)
            ? (Entry(name, header), (IReadOnlyList<NamedTensor>)tensors)
            : throw Damaged(name);
    });

    private static IEnumerable<long> Offsets(Header header)
    {
        var offset = 0L;
        foreach (var tensor in header.Tensors)
        {
            yield return offset;
            offset += tensor.Shape.Aggregate(1L, (a, b) => a * b);
        }
    }

    private static WeightsEntry Entry(string name, Header header) => new(
        name, header.For, header.Source, header.SourceSha256, header.Sha256, header.Tensors.Sum(t => t.Shape.Aggregate(1L, (a, b) => a * b)), header.Remarks);

    private static T Reading<T>(string path, string name, Func<FileStream, T> read)
    {
        try
        {
            RegularFile.Require(path, $"The file of the weights {name}");
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return read(file);
        }
        catch (EndOfStreamException)
        {
            throw Damaged(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where it lies is not said: pages show this.
            throw new InvalidInputException(WeightFault.Field, $"The weights {name} cannot be read ({e.GetType().Name}); let this program read the file.");
        }
    }

    private static Header ReadHeader(FileStream file, string name)
    {
        Span<byte> start = stackalloc byte[Magic.Length + sizeof(int)];
        file.ReadExactly(start);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(start[Magic.Length..]);
        if (!start.StartsWith(Magic) || length > MostHeaderBytes)
        {
            throw Damaged(name);
        }

        var bytes = new byte[(int)length];
        file.ReadExactly(bytes);
        Header? header;
        try
        {
            header = JsonSerializer.Deserialize<Header>(bytes, Json);
        }
        catch (JsonException)
        {
            throw Damaged(name);
        }

        if (header is null || header.Tensors.Any(t => t is null) || header.Remarks.Any(r => r is null))
        {
            throw Damaged(name);
        }

        var lengths = header.Tensors.Select(t => StoredTensor.LengthOf([.. t.Shape.Select(axis => (long)axis)])).ToList();
        return !lengths.Contains(null) && lengths.Sum(l => (long)l!.Value) is <= StoredTensor.MostNumbers and var numbers
            && file.Length == start.Length + length + (sizeof(float) * numbers)
            ? header
            : throw Damaged(name);
    }

    private static void ForBytes(IReadOnlyList<NamedTensor> tensors, BytesAction take)
    {
        var bytes = new byte[FloatsAtOnce * sizeof(float)];
        foreach (var tensor in tensors)
        {
            for (var first = 0; first < tensor.Values.Length; first += FloatsAtOnce)
            {
                var values = tensor.Values.Span.Slice(first, Math.Min(FloatsAtOnce, tensor.Values.Length - first));
                for (var i = 0; i < values.Length; i++)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
                }

                take(bytes.AsSpan(0, values.Length * sizeof(float)));
            }
        }
    }

    private static InvalidInputException Damaged(string name) =>
        new(WeightFault.Field, $"The weights {name} are damaged; bring them in again with \"datasets import weights FILE --name {name} --replace\".");

    private delegate void BytesAction(ReadOnlySpan<byte> bytes);

    private sealed record Header(string For, string Source, string SourceSha256, string Sha256, IReadOnlyList<string> Remarks, IReadOnlyList<Tensor> Tensors);

    private sealed record Tensor(string Name, IReadOnlyList<int> Shape);
}
