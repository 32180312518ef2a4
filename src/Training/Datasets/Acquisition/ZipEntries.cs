using System.Buffers.Binary;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>Looks at a zip archive's directory before it is opened: reading one with millions of entries would fill the memory.</summary>
internal static class ZipEntries
{
    private const int Most = 10_000;
    private const int EndLength = 22;
    private const int LongestComment = 65_535;
    private const int ShortestEntry = 46;

    /// <exception cref="InvalidInputException">There is no directory at the end, or it is too large.</exception>
    public static void Check(FileStream file, string path)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndLength + LongestComment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || end + EndLength > tail.Length)
        {
            throw FileFault.At(path, file.Length, "the directory that ends a zip archive is missing");
        }

        // Whatever number of entries the directory claims, each takes some bytes between its beginning and its end.
        var begin = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        var length = file.Length - tail.Length + end - begin;
        if (begin == uint.MaxValue || length < 0 || length > Most * (ShortestEntry + 300L))
        {
            throw FileFault.At(path, file.Length - tail.Length + end, $"the archive has more than {Most} entries, or is damaged; unpack it and import the folder");
        }

        file.Position = 0;
    }
}
