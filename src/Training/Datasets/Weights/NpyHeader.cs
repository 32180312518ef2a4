using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Stepsize.Training.Datasets.Weights;

/// <summary>
/// The beginning of an array in NumPy's format: a magic word, a version, a length, and a Python dictionary, which is matched as NumPy writes it and never
/// evaluated.
/// </summary>
/// <param name="Bytes">That it takes.</param>
internal sealed record NpyHeader(NumberFormat Format, IReadOnlyList<int> Shape, int Length, int Bytes)
{
    /// <summary>Longest dictionary; NumPy itself reads no more than 10,000 bytes of strangers.</summary>
    private const int MostBytes = 10_000;

    private const int LongestKind = 20;
    private const int LongestShape = 200;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The header at the beginning of a stream.</summary>
    /// <param name="fault">What is wrong, as a clause; null where nothing is.</param>
    /// <exception cref="EndOfStreamException">The stream ends within it.</exception>
    public static NpyHeader? Read(Stream source, out string? fault)
    {
        Span<byte> start = stackalloc byte[8];
        source.ReadExactly(start);
        Span<byte> lengthBytes = stackalloc byte[4];
        lengthBytes.Clear();
        if (!start.StartsWith(Magic) || start[6] is < 1 or > 3 || start[7] != 0)
        {
            fault = "is no array of NumPy in version 1, 2 or 3 of the format";
            return null;
        }

        var bytesOfLength = start[6] == 1 ? 2 : 4;
        source.ReadExactly(lengthBytes[..bytesOfLength]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > MostBytes)
        {
            fault = FormattableString.Invariant($"claims a header of {length} bytes, where at most {MostBytes} are read");
            return null;
        }

        var text = new byte[(int)length];
        source.ReadExactly(text);
        return Parse(Encoding.Latin1.GetString(text), 8 + bytesOfLength + text.Length, out fault);
    }

    private static NpyHeader? Parse(string text, int bytes, out string? fault)
    {
        fault = null;
        var rest = text.AsSpan();
        if (!Skip(ref rest, "{'descr': '") || Until(ref rest, "', 'fortran_order': ") is not { Length: <= LongestKind } descr
            || Until(ref rest, ", 'shape': (") is not { } order || order is not ("True" or "False")
            || Until(ref rest, ")") is not { Length: <= LongestShape } shape || shape.Any(c => !char.IsAsciiDigit(c) && c is not (',' or ' '))
            || rest.TrimEnd(" \n") is not (", }" or "}"))
        {
            fault = "has a header that is not as NumPy writes it for an array of numbers";
            return null;
        }

        if (FormatOf(descr) is not { } format)
        {
            fault = $"has numbers of the kind '{descr}'; <f8, <f4 and <f2 are read";
            return null;
        }

        if (order == "True")
        {
            fault = "is stored column by column; save it with numpy.ascontiguousarray";
            return null;
        }

        // Eighteen digits fit a long, and anything longer is too large whatever it is.
        var axes = shape.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(axis => axis.Length > 18 || !long.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? -1 : number).ToList();
        if (StoredTensor.LengthOf(axes) is not { } length)
        {
            fault = $"has the shape ({shape}); up to {StoredTensor.MostAxes} whole numbers from 1 are allowed, with a product of at most {StoredTensor.MostNumbers}";
            return null;
        }

        return new NpyHeader(format, [.. axes.Select(axis => (int)axis)], length, bytes);
    }

    private static bool Skip(ref ReadOnlySpan<char> rest, string word)
    {
        var starts = rest.StartsWith(word, StringComparison.Ordinal);
        rest = starts ? rest[word.Length..] : rest;
        return starts;
    }

    /// <summary>What comes before the word, which is skipped; null where it does not come.</summary>
    private static string? Until(ref ReadOnlySpan<char> rest, string word)
    {
        if (rest.IndexOf(word, StringComparison.Ordinal) is not (>= 0 and var at))
        {
            return null;
        }

        var before = rest[..at].ToString();
        rest = rest[(at + word.Length)..];
        return before;
    }

    private static NumberFormat? FormatOf(string descr) => descr switch
    {
        "<f2" => NumberFormat.Half,
        "<f4" => NumberFormat.Single,
        "<f8" => NumberFormat.Double,
        _ => null,
    };
}
