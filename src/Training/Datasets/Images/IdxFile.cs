using System.Buffers.Binary;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Images;

/// <summary>
/// Content in the IDX format of the MNIST site: two zero bytes, a type (8 for bytes), the number of axes, each axis as a big-endian
/// 32-bit number, then the bytes, last axis fastest.
/// </summary>
internal sealed record IdxFile(int[] Axes, ReadOnlyMemory<byte> Values)
{
    private const int TypeByte = 8;
    private const int MostAxes = 8;

    /// <summary>Bytes before the values.</summary>
    public static int HeaderLength(int axes) => 4 + (4 * axes);

    /// <param name="path">For the messages.</param>
    /// <exception cref="InvalidInputException">The content is not of the format.</exception>
    public static IdxFile Parse(string path, byte[] content)
    {
        if (content.Length < 4 || content[0] != 0 || content[1] != 0 || content[2] != TypeByte || content[3] is 0 or > MostAxes)
        {
            throw FileFault.At(path, 0, "it does not begin as an IDX file of bytes does");
        }

        var axes = new int[content[3]];
        var header = HeaderLength(axes.Length);
        if (content.Length < header)
        {
            throw FileFault.At(path, content.Length, $"it ends, but its header must have {header} bytes");
        }

        var values = content.AsMemory(header);
        long length = 1;
        for (var i = 0; i < axes.Length; i++)
        {
            axes[i] = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(HeaderLength(i)));
            length = axes[i] < 1 || length > values.Length || length < 0 ? -1 : length * axes[i];
        }

        return length == values.Length
            ? new IdxFile(axes, values)
            : throw FileFault.At(path, 4, $"the header says {string.Join('×', axes)} bytes, but {values.Length} follow");
    }

    /// <summary>As <see cref="Parse"/>, of these axes.</summary>
    public static IdxFile Parse(string path, byte[] content, params int[] axes)
    {
        var file = Parse(path, content);
        return file.Axes.AsSpan().SequenceEqual(axes)
            ? file
            : throw FileFault.At(path, 4, $"the header says {string.Join('×', file.Axes)} bytes where {string.Join('×', axes)} must be");
    }
}
