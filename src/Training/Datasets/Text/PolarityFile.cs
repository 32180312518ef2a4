using System.Text;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Text;

/// <summary>A file of the sentence polarity data: one sentence a line, Latin-1, all of one class.</summary>
internal static class PolarityFile
{
    private const int LongestLine = 2000;

    /// <param name="path">For the messages.</param>
    /// <param name="sentences">How many lines there must be.</param>
    /// <exception cref="InvalidInputException">There are more or fewer lines, or one that is no text.</exception>
    public static List<LabelledText> Parse(string path, byte[] content, int label, int sentences)
    {
        var texts = new List<LabelledText>(sentences);
        foreach (var line in TextLines.Read(path, content, Encoding.Latin1, LongestLine))
        {
            if (texts.Count == sentences)
            {
                throw FileFault.AtLine(path, line.Number, line.Offset, $"the file goes on after {sentences} sentences");
            }

            texts.Add(new LabelledText(SentenceTokens.Of(line.Text), label));
        }

        return texts.Count == sentences
            ? texts
            : throw FileFault.At(path, content.Length, $"it ends after {texts.Count} sentences, but must have {sentences}");
    }
}
