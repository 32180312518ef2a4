using System.Buffers.Binary;
using System.IO.Compression;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets;

/// <summary>
/// A gzipped file in the IDX format of the MNIST site: two zero bytes, a type (8 for bytes), the number of axes, each axis as a big-endian
/// 32-bit number, then the bytes, last axis fastest.
/// </summary>
internal sealed record IdxFile(int[] Axes, ReadOnlyMemory<byte> Values)
{
    private const int TypeByte = 8;

    /// <summary>Unpacks a file, reading no more than it may hold.</summary>
    /// <param name="expectedBytes">Length of the unpacked content.</param>
    /// <exception cref="InvalidInputException">The file cannot be read, is no gzip file, is truncated, or unpacks to another length.</exception>
    public static byte[] Unpack(string path, int expectedBytes)
    {
        try
        {
            using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            var content = new byte[expectedBytes];
            var read = stream.ReadAtLeast(content, expectedBytes, throwOnEndOfStream: false);
            if (read < expectedBytes || stream.ReadByte() >= 0)
            {
                var found = read < expectedBytes ? $"only {read}" : "more";
                throw Refuse(path, $"it must unpack to {expectedBytes} bytes, but has {found}");
            }

            return content;
        }
        catch (InvalidDataException)
        {
            throw Refuse(path, "it is no gzip file, or is damaged");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException("datasets", $"{path} cannot be read ({e.Message}); make it readable for this program.");
        }
    }

    /// <summary>Reads unpacked content.</summary>
    /// <param name="path">For the messages.</param>
    /// <exception cref="InvalidInputException">The content is not of the format.</exception>
    public static IdxFile Parse(string path, byte[] content)
    {
        if (content.Length < 4 || content[0] != 0 || content[1] != 0 || content[2] != TypeByte || content[3] == 0 || content.Length < 4 + (4 * content[3]))
        {
            throw Refuse(path, "it does not begin as an IDX file of bytes does");
        }

        var axes = new int[content[3]];
        var values = content.AsMemory(4 + (4 * axes.Length));
        long length = 1;
        for (var i = 0; i < axes.Length; i++)
        {
            axes[i] = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(4 + (4 * i)));
            length = axes[i] < 1 || length > values.Length ? -1 : length * axes[i];
        }

        return length == values.Length
            ? new IdxFile(axes, values)
            : throw Refuse(path, $"its header says {string.Join('×', axes)} bytes, but {values.Length} follow");
    }

    public static InvalidInputException Refuse(string path, string what) =>
        new("datasets", $"{path} cannot be used: {what}. Replace it by the original file, or remove it to use the one that ships with the program.");
}
