using System.Text;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Reading;

/// <summary>Lines of a text file, with where each begins.</summary>
internal readonly record struct TextLine(int Number, long Offset, string Text);

/// <summary>Cuts the content of a file into lines, refusing what is no text.</summary>
internal static class TextLines
{
    /// <param name="path">For the messages.</param>
    /// <param name="encoding">Latin-1, or UTF-8, in which every byte is checked.</param>
    /// <param name="longest">Most bytes of one line.</param>
    /// <exception cref="InvalidInputException">A line is too long, holds a zero byte, or is not of the encoding.</exception>
    public static IEnumerable<TextLine> Read(string path, byte[] content, Encoding encoding, int longest)
    {
        var strict = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        var start = content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        for (var number = 1; start < content.Length; number++)
        {
            var rest = content.AsSpan(start);
            var length = rest.IndexOf((byte)'\n');
            var end = length < 0 ? rest.Length : length;
            yield return new TextLine(number, start, Decode(path, number, start, rest[..end], strict, longest));
            start += end + 1;
        }
    }

    private static string Decode(string path, int number, long offset, ReadOnlySpan<byte> line, Encoding encoding, int longest)
    {
        if (line.Length > longest)
        {
            throw FileFault.AtLine(path, number, offset, $"there are {line.Length} bytes, but a line may have no more than {longest}");
        }

        if (line.IndexOf((byte)0) is >= 0 and var zero)
        {
            throw FileFault.AtLine(path, number, offset + zero, "there is a zero byte, which no text holds");
        }

        try
        {
            return encoding.GetString(line).TrimEnd('\r');
        }
        catch (DecoderFallbackException e)
        {
            throw FileFault.AtLine(path, number, offset + Math.Max(0, e.Index), $"the bytes are not {encoding.WebName}");
        }
    }
}
