namespace Stepsize.Training.Datasets.Weights;

/// <summary>The cyclic redundancy check of zip archives (ISO 3309), which .NET's reader does not compare.</summary>
internal sealed class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Remainder((uint)i))];

    private uint _register = uint.MaxValue;

    public uint Value => ~_register;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            _register = Table[(byte)(_register ^ b)] ^ (_register >> 8);
        }
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
        }

        return value;
    }
}
