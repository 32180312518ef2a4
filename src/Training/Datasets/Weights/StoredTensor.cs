using System.Buffers.Binary;

namespace Stepsize.Training.Datasets.Weights;

/// <summary>A tensor of a <see cref="WeightFile"/>, row-major, as the file describes it.</summary>
/// <param name="Shape">Axes, each at least 1; none for a single number.</param>
/// <param name="Length">Numbers it has: the product of the axes.</param>
internal sealed record StoredTensor(string Name, IReadOnlyList<int> Shape, int Length, NumberFormat Format)
{
    /// <summary>Most numbers of one tensor: a gibibyte of them.</summary>
    public const int MostNumbers = 1 << 28;

    public const int MostAxes = 8;

    public int BytesOfNumber => BytesOf(Format);

    public long Bytes => (long)Length * BytesOfNumber;

    public static int BytesOf(NumberFormat format) => format switch
    {
        NumberFormat.Half or NumberFormat.BrainHalf => 2,
        NumberFormat.Single => 4,
        _ => 8,
    };

    /// <summary>The product of axes that nobody vouches for; null where there are too many, one is less than 1, or the product is too large.</summary>
    public static int? LengthOf(IReadOnlyList<long> shape)
    {
        if (shape.Count > MostAxes)
        {
            return null;
        }

        var length = 1L;
        foreach (var axis in shape)
        {
            if (axis is < 1 or > MostNumbers || (length *= axis) > MostNumbers)
            {
                return null;
            }
        }

        return (int)length;
    }

    /// <summary>Numbers from bytes, as many as <paramref name="values"/> has places.</summary>
    public void Convert(ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var number = bytes.Slice(i * BytesOfNumber, BytesOfNumber);
            values[i] = Format switch
            {
                NumberFormat.Half => (float)BinaryPrimitives.ReadHalfLittleEndian(number),
                NumberFormat.BrainHalf => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(number) << 16),
                NumberFormat.Single => BinaryPrimitives.ReadSingleLittleEndian(number),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(number),
            };
        }
    }
}
