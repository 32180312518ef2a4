using System.Text;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Text;

/// <summary>A part of the Penn Treebank as Mikolov prepared it: words separated by spaces, one sentence a line, each line's end a word of its own.</summary>
internal static class WordStream
{
    public const string EndOfSentence = "<eos>";

    /// <summary>Longest line in bytes, and most words of a part: several times those of the original.</summary>
    private const int LongestLine = 10_000;

    private const int MostWords = 4_000_000;

    /// <param name="path">For the messages.</param>
    /// <exception cref="InvalidInputException">A line is no text or too long, or the file has no words or too many.</exception>
    public static List<string> Parse(string path, byte[] content)
    {
        // The same ten thousand words come again and again: one object each.
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var spans = known.GetAlternateLookup<ReadOnlySpan<char>>();
        var words = new List<string>();
        foreach (var line in TextLines.Read(path, content, Encoding.UTF8, LongestLine))
        {
            foreach (var range in line.Text.AsSpan().Split(' '))
            {
                var span = line.Text.AsSpan()[range];
                if (span.Length > 0)
                {
                    words.Add(spans.TryGetValue(span, out var word) ? word : known[span.ToString()] = span.ToString());
                }
            }

            words.Add(EndOfSentence);
            if (words.Count > MostWords)
            {
                throw FileFault.AtLine(path, line.Number, line.Offset, $"there are more than {MostWords} words");
            }
        }

        return words.Count > 0 ? words : throw FileFault.At(path, 0, "it is empty");
    }
}
