using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Reading;

/// <summary>
/// Whole contents of files that nobody vouches for. A file that begins as gzip does is unpacked; more than the limit is never held, whatever
/// the file claims or unpacks to.
/// </summary>
internal static class BoundedFile
{
    private const int FirstBuffer = 1 << 16;

    /// <summary>The content, unpacked.</summary>
    /// <param name="limit">Most bytes that the unpacked content may have, below 2³¹.</param>
    /// <exception cref="InvalidInputException">The file cannot be read, is damaged, or is larger.</exception>
    public static byte[] Read(string path, long limit) => Read(path, limit, (offset, what) => FileFault.At(path, offset, what), e => FileFault.Unreadable(path, e));

    /// <summary>As <see cref="Read(string, long)"/>, for a file that is a person's own.</summary>
    /// <param name="shown">What messages call it: where it lies is not said.</param>
    public static byte[] ReadOwn(string path, long limit, string shown) => Read(
        path, limit,
        (_, what) => Tables.TableFault.Of(shown, what, "Give a CSV file, which may be gzipped."),
        _ => Tables.TableFault.Of(shown, "it cannot be read", "Let this program read it."));

    private static byte[] Read(string path, long limit, Func<long, string, InvalidInputException> fault, Func<Exception, InvalidInputException> unreadable)
    {
        var read = 0;
        try
        {
            using var file = Open(path);
            using var content = Unpacked(file);
            var buffer = new byte[Math.Min(limit + 1, file.Length > 0 && content is FileStream ? file.Length + 1 : FirstBuffer)];
            for (int count; (count = content.Read(buffer, read, buffer.Length - read)) > 0;)
            {
                read += count;
                if (read > limit)
                {
                    throw fault(limit, $"it goes on, but it may hold no more than {limit} bytes");
                }

                if (read == buffer.Length)
                {
                    Array.Resize(ref buffer, (int)Math.Min(limit + 1, 2L * buffer.Length));
                }
            }

            if (content is GZipStream && read != UnpackedLength(file))
            {
                throw new InvalidDataException();
            }

            Array.Resize(ref buffer, read);
            return buffer;
        }
        catch (InvalidDataException)
        {
            throw fault(read, "it cannot be unpacked any further: it is damaged or cut short");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw unreadable(e);
        }
    }

    /// <summary>As <see cref="Read(string, long)"/>, for a file whose unpacked length is known.</summary>
    public static byte[] ReadExactly(string path, long length)
    {
        var content = Read(path, length);
        return content.Length == length
            ? content
            : throw FileFault.At(path, content.Length, $"it ends, but it must hold {length} bytes");
    }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string Checksum(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The file for reading; a link is followed, a folder, a pipe or a device is not opened.</summary>
    /// <exception cref="InvalidInputException">It is a named pipe, a device or a socket.</exception>
    public static FileStream Open(string path)
    {
        RegularFile.Require(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, FirstBuffer, FileOptions.SequentialScan);
    }

    /// <summary>
    /// What the last four bytes of a gzip file say: a file that is cut short unpacks without an error as far as it goes, and only this
    /// shows it. Several gzip files written one after another are refused with it.
    /// </summary>
    private static uint UnpackedLength(FileStream file)
    {
        Span<byte> last = stackalloc byte[4];
        file.Position = Math.Max(0, file.Length - last.Length);
        return file.ReadAtLeast(last, last.Length, throwOnEndOfStream: false) == last.Length ? BinaryPrimitives.ReadUInt32LittleEndian(last) : 0;
    }

    private static Stream Unpacked(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start[0] == 0x1F && start[1] == 0x8B;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
