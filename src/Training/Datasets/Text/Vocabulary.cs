namespace Stepsize.Training.Datasets.Text;

/// <summary>Numbers for tokens, in the order in which they first appear. 0 stands for padding and for every token that is not in it.</summary>
internal sealed class Vocabulary
{
    public const int Padding = 0;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    private Vocabulary()
    {
    }

    /// <summary>Numbers that can appear: the tokens, and <see cref="Padding"/>.</summary>
    public int Size => _numbers.Count + 1;

    /// <summary>The number of a token.</summary>
    public int this[string token] => _numbers.GetValueOrDefault(token, Padding);

    /// <summary>A vocabulary of the tokens of these texts.</summary>
    /// <param name="largest">Most tokens; where there are more, the most frequent stay, and of those as frequent the ones seen first.</param>
    public static Vocabulary Of(IEnumerable<IReadOnlyList<string>> texts, int largest = int.MaxValue)
    {
        var counts = new Dictionary<string, (int Order, int Count)>(StringComparer.Ordinal);
        foreach (var token in texts.SelectMany(t => t))
        {
            var (order, count) = counts.GetValueOrDefault(token, (counts.Count, 0));
            counts[token] = (order, count + 1);
        }

        var kept = counts.OrderByDescending(c => c.Value.Count).ThenBy(c => c.Value.Order).Take(largest).OrderBy(c => c.Value.Order);
        var vocabulary = new Vocabulary();
        foreach (var (token, _) in kept)
        {
            vocabulary._numbers[token] = vocabulary.Size;
        }

        return vocabulary;
    }

    /// <summary>Numbers of the first <paramref name="length"/> tokens, filled up at the end with <see cref="Padding"/>.</summary>
    public int[] Encode(IReadOnlyList<string> tokens, int length)
    {
        var numbers = new int[length];
        for (var i = 0; i < Math.Min(length, tokens.Count); i++)
        {
            numbers[i] = this[tokens[i]];
        }

        return numbers;
    }

    /// <summary>As <see cref="Encode"/>, filled up at the beginning: a recurrent network then ends on the text, not on padding.</summary>
    public int[] EncodeAtEnd(IReadOnlyList<string> tokens, int length)
    {
        var count = Math.Min(length, tokens.Count);
        var numbers = new int[length];
        for (var i = 0; i < count; i++)
        {
            numbers[length - count + i] = this[tokens[i]];
        }

        return numbers;
    }
}
