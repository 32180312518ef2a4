using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Stepsize.Data.Metrics;

/// <summary>Arrays of numbers as bytes that mean the same on every machine; NaN and ±∞ keep their bits.</summary>
internal static class LittleEndian
{
    public static byte[] Write(ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), MemoryMarshal.Cast<byte, int>(bytes.AsSpan()));
        }

        return bytes;
    }

    public static byte[] Write(ReadOnlySpan<double> values)
    {
        var bytes = new byte[values.Length * sizeof(double)];
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<double, long>(values), MemoryMarshal.Cast<byte, long>(bytes.AsSpan()));
        }

        return bytes;
    }

    public static float[] ReadSingles(ReadOnlySpan<byte> bytes)
    {
        var values = new float[bytes.Length / sizeof(float)];
        ReadSingles(bytes, values);
        return values;
    }

    /// <param name="values">As long as there are numbers, or longer.</param>
    public static void ReadSingles(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        bytes.CopyTo(MemoryMarshal.AsBytes(values));
        if (!BitConverter.IsLittleEndian)
        {
            var whole = MemoryMarshal.Cast<float, int>(values[..(bytes.Length / sizeof(float))]);
            BinaryPrimitives.ReverseEndianness(whole, whole);
        }
    }

    public static double[] ReadDoubles(ReadOnlySpan<byte> bytes)
    {
        var values = new double[bytes.Length / sizeof(double)];
        bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            var whole = MemoryMarshal.Cast<double, long>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(whole, whole);
        }

        return values;
    }
}
