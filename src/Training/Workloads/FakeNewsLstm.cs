using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Text;
using Stepsize.Training.Faults;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Workloads;

/// <summary>
/// News articles in two classes by a one-layer LSTM whose last output is classified (Wu, Xie, Du and Ward 2022, figure 2). The sizes are not in the text
/// that is available and are options. The vocabulary is that of the training articles; articles are cut at their first tokens and padded in front.
/// </summary>
public sealed class FakeNewsLstm : NetworkWorkload
{
    public override string Id => "fake-news-lstm";

    public override string Title => "News, LSTM classifier";

    public override string Source => "Wu, Xie, Du and Ward (2022), figure 2";

    public override string Summary => "Genuine or fake: one LSTM layer over the first words of an article.";

    protected override IReadOnlyList<OptionDefinition> OwnOptions { get; } =
    [
        OptionDefinition.Integer("trainRows", 16_000, "Articles to train on, drawn from the file.", 1, 10_000_000),
        OptionDefinition.Integer("testRows", 4_000, "Articles to test on, others than those trained on.", 1, 10_000_000),
        OptionDefinition.Integer("vocabulary", 10_000, "Most frequent words that have a number of their own.", 1, 1_000_000),
        OptionDefinition.Integer("length", 200, "Words of an article that are read.", 1, 4096),
        OptionDefinition.Integer("embedding", 100, "Numbers of a word's vector.", 1, 4096),
        OptionDefinition.Integer("hidden", 100, "Cells of the LSTM.", 1, 4096),
        OptionDefinition.Integer("splitSeed", 0, "Seed that decides which articles are trained on.", 0),
    ];

    protected override OptionDefinition Precision => field ??= Workloads.Precision.FloatOf(options => Describe(options).Parameters.Length);

    public override int DefaultBatchSize => 64;

    public override int DefaultEpochs => 5;

    /// <summary>The embedding and the LSTM with what training keeps beside them, a batch's activations, and the articles.</summary>
    public override MemoryNeed EstimateMemory(OptionSet options, int batchSize)
    {
        double embedding = options.Integer("embedding"), hidden = options.Integer("hidden"), length = options.Integer("length");
        var parameters = ((options.Integer("vocabulary") + 1) * embedding) + (4 * hidden * (embedding + hidden + 1));
        var activations = batchSize * length * ((2 * embedding) + (12 * hidden));
        var articles = ((double)options.Integer("trainRows") + options.Integer("testRows")) * length;
        return new MemoryNeed(
            Workloads.Precision.Bytes(options, long.MaxValue) * ((MemoryNeed.CopiesOfParameters * parameters) + activations + articles),
            FormattableString.Invariant($"vocabulary {options.Integer("vocabulary")}, embedding {embedding}, hidden {hidden}, length {length} and batches of {batchSize}"));
    }

    protected override Network Describe(OptionSet options) => new(
        input: [options.Integer("length")],
        layers:
        [
            new Embedding(options.Integer("vocabulary") + 1, options.Integer("embedding")),
            new Lstm(options.Integer("hidden")),
            new LastOfSequence(),
            new Linear(2),
        ],
        loss: new SoftmaxCrossEntropy());

    protected override (int Train, int Test) CountExamples(OptionSet options) => (options.Integer("trainRows"), options.Integer("testRows"));

    public override string DataVersion(OptionSet options, DatasetFolders datasets) => new NewsDataset().Stamp(datasets);

    protected override NetworkProblem<T> Build<T>(Network network, OptionSet options, DatasetFolders datasets)
    {
        var (texts, checksum) = new NewsDataset().Load(datasets);
        var (train, test) = CountExamples(options);
        if ((long)train + test > texts.Count)
        {
            throw new InvalidInputException("workloadOptions.trainRows", $"{train} articles to train on and {test} to test on are more than the {texts.Count} of the file; give fewer.");
        }

        LabelledText[] shuffled = [.. ShuffledOrder.Of(texts.Count, options.Integer("splitSeed")).Select(i => texts[i])];
        var vocabulary = Vocabulary.Of(shuffled[..train].Select(t => t.Tokens), options.Integer("vocabulary"));
        return new NetworkProblem<T>(
            network,
            TokenSets.Of<T>(shuffled[..train], vocabulary, network.Input.Length, atEnd: true),
            TokenSets.Of<T>(shuffled[train..(train + test)], vocabulary, network.Input.Length, atEnd: true),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["news.csv"] = checksum });
    }
}
