using System.IO.Compression;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Weights;

/// <summary>NumPy's archive of arrays: a zip file of one <c>NAME.npy</c> for each tensor, stored or deflated.</summary>
internal sealed class NpzFile : WeightFile
{
    private const string Ending = ".npy";
    private const string PickleName = "data.pkl";

    private readonly ZipArchive _zip;
    private readonly IReadOnlyDictionary<string, (ZipArchiveEntry Entry, NpyHeader Header)> _entries;

    private NpzFile(ZipArchive zip, string shown, IReadOnlyDictionary<string, (ZipArchiveEntry Entry, NpyHeader Header)> entries)
        : base(shown)
    {
        _zip = zip;
        _entries = entries;
        Tensors = [.. entries.Select(e => new StoredTensor(e.Key, e.Value.Header.Shape, e.Value.Header.Length, e.Value.Header.Format))];
    }

    public override IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>Takes the file over, unless it throws.</summary>
    public static NpzFile Open(FileStream file, string shown)
    {
        RequireDirectory(file, shown);
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(file, ZipArchiveMode.Read);
            if (zip.Entries.Any(e => e.Name == PickleName))
            {
                throw WeightFault.Pickle(shown);
            }

            var opened = new NpzFile(zip, shown, ReadEntries(zip, shown));
            zip = null;
            return opened;
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw WeightFault.Of(shown, "the archive is damaged, or packed in a way that is not read here", "Save it again with numpy.savez.");
        }
        finally
        {
            zip?.Dispose();
        }
    }

    public override void Dispose() => _zip.Dispose();

    private protected override void WithNumbers(StoredTensor tensor, Action<Stream> read)
    {
        var (entry, header) = _entries[tensor.Name];
        using var source = new CheckedStream(entry.Open());
        source.ReadExactly(new byte[header.Bytes]);
        read(source);
        if (source.ReadByte() >= 0 || source.Check != entry.Crc32)
        {
            throw new InvalidDataException();
        }
    }

    private static Dictionary<string, (ZipArchiveEntry Entry, NpyHeader Header)> ReadEntries(ZipArchive zip, string shown)
    {
        var entries = new Dictionary<string, (ZipArchiveEntry, NpyHeader)>(StringComparer.Ordinal);
        var faults = new FaultList();
        foreach (var entry in zip.Entries)
        {
            var name = entry.FullName.EndsWith(Ending, StringComparison.Ordinal) ? entry.FullName[..^Ending.Length] : "";
            if (name.Length == 0)
            {
                faults.Add(WeightFault.Field, $"{WeightFault.Named(entry.FullName)} is not called NAME{Ending}, as an array is.");
                continue;
            }

            using var content = entry.Open();
            if (NpyHeader.Read(content, out var fault) is not { } header)
            {
                faults.Add(WeightFault.Field, $"{WeightFault.Named(name)} {fault}.");
            }
            else if (entry.Length != header.Bytes + ((long)header.Length * StoredTensor.BytesOf(header.Format)))
            {
                faults.Add(WeightFault.Field, FormattableString.Invariant(
                    $"{WeightFault.Named(name)} has {entry.Length} bytes, which is not what its header and {WeightFault.Axes(header.Shape)} numbers take."));
            }
            else if (!entries.TryAdd(name, (entry, header)))
            {
                faults.Add(WeightFault.Field, $"{WeightFault.Named(name)} is there twice.");
            }
        }

        return faults.Count == 0
            ? entries
            : throw new InvalidInputException([new Fault(WeightFault.Field, $"{shown} cannot be used. {WeightFault.Again}"), .. faults.All], faults.Unnamed);
    }

    /// <summary>A directory of millions of entries would fill the memory before the first is looked at.</summary>
    private static void RequireDirectory(FileStream file, string shown)
    {
        try
        {
            ZipEntries.Check(file, shown);
        }
        catch (InvalidInputException)
        {
            throw WeightFault.Of(shown, $"the directory that ends a zip archive is missing, or has more than {MostTensors} entries");
        }
    }

    private static bool IsDamage(Exception e) => e is InvalidDataException or EndOfStreamException or NotSupportedException;
}
