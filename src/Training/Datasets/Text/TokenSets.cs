using System.Numerics;

namespace Stepsize.Training.Datasets.Text;

/// <summary>Texts as examples of a network whose first layer is an embedding: token numbers, written as numbers of its type.</summary>
internal static class TokenSets
{
    /// <param name="atEnd">Whether padding comes before the text.</param>
    public static SupervisedSet<T> Of<T>(IReadOnlyList<LabelledText> texts, Vocabulary vocabulary, int length, bool atEnd)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var inputs = new T[texts.Count * length];
        for (var i = 0; i < texts.Count; i++)
        {
            var numbers = atEnd ? vocabulary.EncodeAtEnd(texts[i].Tokens, length) : vocabulary.Encode(texts[i].Tokens, length);
            for (var t = 0; t < length; t++)
            {
                inputs[(i * length) + t] = T.CreateChecked(numbers[t]);
            }
        }

        return SupervisedSet<T>.Classification(texts.Count, inputs, texts.Select(t => t.Label).ToArray());
    }

    /// <summary>A stream of words cut into windows: each predicts, at every place, the word that follows. What does not fill a window is left out.</summary>
    public static SupervisedSet<T> Following<T>(IReadOnlyList<string> words, Vocabulary vocabulary, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = (words.Count - 1) / length;
        var inputs = new T[count * length];
        var labels = new int[count * length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = T.CreateChecked(vocabulary[words[i]]);
            labels[i] = vocabulary[words[i + 1]];
        }

        return SupervisedSet<T>.Classification(count, inputs, labels);
    }
}
