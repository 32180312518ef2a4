using System.Security.Cryptography;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>Copies streams that may be longer than anybody said.</summary>
internal static class BoundedCopy
{
    private const int BufferBytes = 1 << 17;

    /// <returns>Bytes copied.</returns>
    /// <param name="limit">Most bytes; one more is a fault.</param>
    /// <param name="name">For the message.</param>
    /// <param name="copied">Called with the bytes copied so far.</param>
    /// <exception cref="InvalidInputException">There are more bytes than the limit.</exception>
    public static async Task<long> CopyAsync(Stream source, Stream target, long limit, string name, Action<long>? copied, CancellationToken cancellation)
    {
        var buffer = new byte[BufferBytes];
        long total = 0;
        for (int count; (count = await source.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (total + count > limit)
            {
                throw FileFault.At(name, limit, $"it goes on, but it may hold no more than {limit} bytes");
            }

            await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
            total += count;
            copied?.Invoke(total);
        }

        return total;
    }

    /// <summary>SHA-256 of a file, in lower-case hexadecimal.</summary>
    public static async Task<string> ChecksumAsync(string path, CancellationToken cancellation)
    {
        await using var file = BoundedFile.Open(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }
}
