using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Stepsize.Torch.Loading;
using Xunit;

namespace Stepsize.Torch.Tests.Loading;

public sealed class WeakVersionNeedTests
{
    [Fact]
    public void Of_TwoLibrariesThreeVersions_ChangesTheFlagsOfTheOneNamedAlone()
    {
        var (file, flags) = Elf();
        var changed = WeakVersionNeed.Of(file, "NEW_2")!;
        var places = Enumerable.Range(0, file.Length).Where(i => file[i] != changed[i]);
        Assert.Equal([flags], places);
        Assert.Equal(2, changed[flags]);
        Assert.Null(WeakVersionNeed.Of(file, "NEW_3"));
    }

    [Fact]
    public void Of_OtherFileThanTheOneTried_IsLeftAlone()
    {
        var (file, _) = Elf();
        var known = Convert.ToHexStringLower(SHA256.HashData(file));
        Assert.NotNull(WeakVersionNeed.Of(file, known, "NEW_2"));
        file[^1] ^= 1;
        Assert.Null(WeakVersionNeed.Of(file, known, "NEW_2"));
    }

    /// <summary>An ELF file of nothing but sections of names and of needed versions: one library needs OLD_1, another NEW_1 and NEW_2.</summary>
    /// <returns>The file, and where the flags of NEW_2 are.</returns>
    private static (byte[] File, int Flags) Elf()
    {
        const int header = 64, sectionSize = 64, names = header + (3 * sectionSize), needs = names + 32;
        var file = new byte[needs + (5 * 16) + 8];
        Span<byte> text = Encoding.ASCII.GetBytes("\0OLD_1\0NEW_1\0NEW_2\0");
        text.CopyTo(file.AsSpan(names));
        Long(0x28, header);
        Short(0x3A, sectionSize);
        Short(0x3C, 3);
        Section(1, type: 3, offset: names, link: 0, info: 0);
        Section(2, type: 0x6ffffffe, offset: needs, link: 1, info: 2);
        Need(needs, versions: 1, first: 16, next: 32);
        Version(needs + 16, name: 1, next: 0);
        Need(needs + 32, versions: 2, first: 16, next: 0);
        Version(needs + 48, name: 7, next: 16);
        Version(needs + 64, name: 13, next: 0);
        return (file, needs + 64 + 4);

        void Section(int index, uint type, int offset, int link, int info)
        {
            var start = header + (index * sectionSize);
            Word(start + 4, type);
            Long(start + 24, offset);
            Word(start + 40, (uint)link);
            Word(start + 44, (uint)info);
        }

        void Need(int place, ushort versions, uint first, uint next)
        {
            Short(place + 2, versions);
            Word(place + 8, first);
            Word(place + 12, next);
        }

        void Version(int place, uint name, uint next)
        {
            Word(place + 8, name);
            Word(place + 12, next);
        }

        void Long(int place, long value) => BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(place), value);
        void Word(int place, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(place), value);
        void Short(int place, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(place), value);
    }
}
