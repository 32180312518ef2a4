using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stepsize.Torch.Loading;

/// <summary>
/// Makes a library's need of a version of another library weak, in memory: the loader then warns of its absence no more, which is right where nothing calls the
/// function for whose sake it is needed. Of a 64-bit little-endian ELF file one field of 16 bits is changed, vna_flags of the entry in the section of needed
/// versions (System V ABI, LSB 5.0 core, section 10.7.4).
/// </summary>
internal static class WeakVersionNeed
{
    private const int SectionHeaders = 0x28;
    private const int SectionHeaderSize = 0x3A;
    private const int SectionCount = 0x3C;
    private const uint NeededVersions = 0x6ffffffe;
    private const ushort Weak = 2;

    /// <summary>The file with the need made weak; null where the file is not the one that is known to bear it, or has no such need.</summary>
    /// <param name="sha256">Of the file, in small hexadecimal digits.</param>
    /// <param name="version">Such as <c>GLIBCXX_3.4.32</c>.</param>
    public static byte[]? Of(byte[] file, string sha256, string version) =>
        Convert.ToHexStringLower(SHA256.HashData(file)) == sha256 ? Of(file, version) : null;

    /// <summary>The same of any file.</summary>
    internal static byte[]? Of(byte[] file, string version)
    {
        if (FindFlags(file, Encoding.ASCII.GetBytes(version)) is not { } place)
        {
            return null;
        }

        byte[] changed = [.. file];
        BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(place), Weak);
        return changed;
    }

    private static int? FindFlags(ReadOnlySpan<byte> file, ReadOnlySpan<byte> version)
    {
        for (var i = 0; i < Short(file, SectionCount); i++)
        {
            var header = Section(file, i);
            if (Word(header, 4) == NeededVersions)
            {
                return FindFlags(file, Offset(header), (int)Word(header, 44), Offset(Section(file, (int)Word(header, 40))), version);
            }
        }

        return null;
    }

    /// <param name="entry">Where the first library's entry is; each has a list of versions.</param>
    /// <param name="count">Libraries.</param>
    /// <param name="names">Where the section of names is.</param>
    private static int? FindFlags(ReadOnlySpan<byte> file, int entry, int count, int names, ReadOnlySpan<byte> version)
    {
        for (var i = 0; i < count; i++)
        {
            var need = entry + (int)Word(file, entry + 8);
            for (var j = 0; j < Short(file, entry + 2); j++)
            {
                var name = file[(names + (int)Word(file, need + 8))..];
                if (name[..name.IndexOf((byte)0)].SequenceEqual(version))
                {
                    return need + 4;
                }

                need += (int)Word(file, need + 12);
            }

            entry += (int)Word(file, entry + 12);
        }

        return null;
    }

    private static ReadOnlySpan<byte> Section(ReadOnlySpan<byte> file, int index)
    {
        var size = Short(file, SectionHeaderSize);
        return file.Slice((int)BinaryPrimitives.ReadUInt64LittleEndian(file[SectionHeaders..]) + (index * size), size);
    }

    private static int Offset(ReadOnlySpan<byte> section) => (int)BinaryPrimitives.ReadUInt64LittleEndian(section[24..]);

    private static uint Word(ReadOnlySpan<byte> file, int place) => BinaryPrimitives.ReadUInt32LittleEndian(file[place..]);

    private static ushort Short(ReadOnlySpan<byte> file, int place) => BinaryPrimitives.ReadUInt16LittleEndian(file[place..]);
}
