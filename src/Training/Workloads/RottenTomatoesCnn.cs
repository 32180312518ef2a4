using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Text;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Workloads;

/// <summary>
/// The single-layer convolutional network of Kim (2014) on sentence polarity: embedding of 128, windows of 3, 4 and 5 words with 100 filters each, ReLU,
/// maximum over time, dropout of 0.5, two classes; 90% of the sentences are trained on, 10% are the test set ("Block-normalized gradient",
/// ICLR 2018 submission, table 4). The vocabulary is that of all sentences, as Kim has it, and sentences are padded to the longest.
/// </summary>
public sealed class RottenTomatoesCnn : NetworkWorkload
{
    /// <summary>Tokens of all sentences, and padding.</summary>
    internal const int Words = 18_765;

    /// <summary>Tokens of the longest sentence.</summary>
    internal const int Length = 56;

    private const int Embedded = 128;
    private const int Sentences = 2 * RottenTomatoesDataset.SentencesOfClass;
    private const int TestSentences = Sentences / 10;
    private static readonly int[] Windows = [3, 4, 5];

    public override string Id => "rotten-tomatoes-cnn";

    public override string Title => "Rotten Tomatoes, convolutional network";

    public override string Source => "\"Block-normalized gradient\" (ICLR 2018 submission), table 4";

    public override string Summary => "Film reviews by a convolution over words, as Kim (2014): 9,596 sentences to train on, 1,066 to test.";

    protected override IReadOnlyList<OptionDefinition> OwnOptions { get; } =
    [
        OptionDefinition.Integer("splitSeed", 0, "Seed that decides which tenth of the sentences is the test set.", 0),
        OptionDefinition.Integer("filters", 100, "Filters of each window; 100 in Kim (2014).", 1, 4096, implied: 128),
    ];

    public override int DefaultBatchSize => 50;

    public override int DefaultEpochs => 150;

    /// <summary>The same network for other sizes.</summary>
    internal static Network Network(int words, int length, int embedded, int filters) => new(
        input: [length],
        layers:
        [
            new Embedding(words, embedded),
            new Reshape([1, length, embedded]),
            new Concatenation(
                [.. Windows.Select(window => (IReadOnlyList<Layer>)[new Convolution(filters, new Window(window, embedded)), new Relu(), new GlobalMaxPool()])]),
            new Dropout(0.5),
            new Linear(2),
        ],
        loss: new SoftmaxCrossEntropy());

    protected override Network Describe(OptionSet options) => Network(Words, Length, Embedded, options.Integer("filters"));

    protected override (int Train, int Test) CountExamples(OptionSet options) => (Sentences - TestSentences, TestSentences);

    public override string DataVersion(OptionSet options, DatasetFolders datasets) => new RottenTomatoesDataset().Stamp(datasets);

    protected override NetworkProblem<T> Build<T>(Network network, OptionSet options, DatasetFolders datasets)
    {
        var (texts, checksums) = new RottenTomatoesDataset().Load(datasets);
        var vocabulary = Vocabulary.Of(texts.Select(t => t.Tokens), Words - 1);
        LabelledText[] shuffled = [.. ShuffledOrder.Of(texts.Count, options.Integer("splitSeed")).Select(i => texts[i])];
        return new NetworkProblem<T>(
            network,
            TokenSets.Of<T>(shuffled[..^TestSentences], vocabulary, Length, atEnd: false),
            TokenSets.Of<T>(shuffled[^TestSentences..], vocabulary, Length, atEnd: false),
            checksums);
    }
}
