using System.Text;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>
/// Walks through a tar archive without keeping anything of it: names longer than a header holds, links and all other kinds of entries are passed
/// over. Both the number of entries and the bytes read are limited.
/// </summary>
internal sealed class TarReader(Stream stream, string path, long limit)
{
    private const int Block = 512;
    private const int MostEntries = 100_000;

    private readonly byte[] _header = new byte[Block];
    private long _offset;
    private long _toSkip;
    private int _entries;

    /// <summary>Goes to the next ordinary file.</summary>
    /// <returns>Its name and length, or null at the end.</returns>
    /// <exception cref="InvalidInputException">The archive is damaged, or larger than allowed.</exception>
    public async Task<(string Name, long Length)?> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await SkipAsync(cancellation);
            var at = _offset;
            var read = await stream.ReadAtLeastAsync(_header, Block, throwOnEndOfStream: false, cancellation);
            _offset += read;
            if (read == 0 || (read == Block && _header.AsSpan().IndexOfAnyExcept((byte)0) < 0))
            {
                return null;
            }

            if (read < Block || !HasChecksum())
            {
                throw FileFault.At(path, at, "there is no tar header where one must be");
            }

            var length = Octal(124, 12) ?? throw FileFault.At(path, at + 124, "the length of an entry is no octal number");
            _toSkip = (length + Block - 1) / Block * Block;
            if (++_entries > MostEntries || _offset + _toSkip > limit)
            {
                throw FileFault.At(path, at, $"the archive is larger than {limit} bytes unpacked, or has more than {MostEntries} entries");
            }

            if (_header[156] is (byte)'0' or 0)
            {
                return (Encoding.Latin1.GetString(_header.AsSpan(0, 100)).Split('\0')[0], length);
            }
        }
    }

    /// <summary>Copies the file that <see cref="NextAsync"/> has come to.</summary>
    public async Task CopyAsync(Stream target, long length, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        for (var rest = length; rest > 0;)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, rest)), cancellation);
            if (count == 0)
            {
                throw FileFault.At(path, _offset, "the archive ends within a file");
            }

            await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
            rest -= count;
            _offset += count;
            _toSkip -= count;
        }
    }

    private async Task SkipAsync(CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        while (_toSkip > 0)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, _toSkip)), cancellation);
            if (count == 0)
            {
                throw FileFault.At(path, _offset, "the archive ends within a file");
            }

            _toSkip -= count;
            _offset += count;
        }
    }

    /// <summary>The sum of all bytes, those of the sum itself taken as spaces.</summary>
    private bool HasChecksum()
    {
        var sum = 8 * ' ';
        for (var i = 0; i < Block; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : _header[i];
        }

        return Octal(148, 8) == sum;
    }

    private long? Octal(int start, int length)
    {
        long value = 0;
        var digits = 0;
        foreach (var b in _header.AsSpan(start, length))
        {
            if (b is >= (byte)'0' and <= (byte)'7' && digits < 12)
            {
                value = (value * 8) + (b - '0');
                digits++;
            }
            else if (b is not ((byte)' ' or 0) || (digits > 0 && digits > 12))
            {
                return null;
            }
            else if (digits > 0)
            {
                break;
            }
        }

        return digits > 0 ? value : null;
    }
}
