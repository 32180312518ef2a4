using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Text;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads;

/// <summary>
/// A language model of words: embedding of 200, two LSTM layers of 200 cells, dropout of 0.5 before, between and after them, and a softmax over the
/// vocabulary ("Block-normalized gradient", ICLR 2018 submission, figure 3). The loss is the log perplexity. Batch i of an epoch has the i-th window of
/// as many stretches of the text as there are examples; states are carried from window to window, gradients are not.
/// </summary>
public sealed class PennTreebankLstm : NetworkWorkload
{
    /// <summary>Words of the training part, and a number for any other.</summary>
    private const int Words = 10_001;

    private const int Width = 200;
    private const int TrainingWords = 929_589;
    private const int ValidationWords = 73_760;
    private const int TestWords = 82_430;

    public override string Id => "ptb-lstm";

    public override string Title => "Penn Treebank, LSTM language model";

    public override string Source => "\"Block-normalized gradient\" (ICLR 2018 submission), figure 3";

    public override string Summary => "Predicts each next word of the Wall Street Journal by two LSTM layers of 200 cells.";

    protected override IReadOnlyList<OptionDefinition> OwnOptions { get; } =
    [
        OptionDefinition.Integer("bptt", 40, "Words of a window: how far gradients go back. The source uses 40, 400 and 1000.", 1, 5000),
        OptionDefinition.Choice("trainPart", "train", ["train", "valid"], "Which part to train on: the validation part is a tenth, for machines without the other."),
    ];

    /// <summary>Windows are read in order, by stretches of equal length.</summary>
    protected override bool HasLastBatch => false;

    public override int DefaultBatchSize => 100;

    public override int DefaultEpochs => 10;

    /// <summary>The same network for other sizes.</summary>
    internal static Network Network(int words, int length, int width) => new(
        input: [length],
        layers:
        [
            new Embedding(words, width),
            new Dropout(0.5),
            new Lstm(width, carries: true),
            new Dropout(0.5),
            new Lstm(width, carries: true),
            new Dropout(0.5),
            new Linear(words),
        ],
        loss: new SoftmaxCrossEntropy());

    protected override Network Describe(OptionSet options) => Network(Words, options.Integer("bptt"), Width);

    protected override (int Train, int Test) CountExamples(OptionSet options) =>
        (((options.Choice("trainPart") == "train" ? TrainingWords : ValidationWords) - 1) / options.Integer("bptt"), (TestWords - 1) / options.Integer("bptt"));

    public override string DataVersion(OptionSet options, DatasetFolders datasets) => new PennTreebankDataset().Stamp(datasets);

    protected override NetworkProblem<T> Build<T>(Network network, OptionSet options, DatasetFolders datasets)
    {
        var dataset = new PennTreebankDataset();
        var trainName = options.Choice("trainPart") == "train" ? PennTreebankDataset.Train : PennTreebankDataset.Validation;
        var (train, trainChecksum) = dataset.LoadPart(datasets, trainName);
        var (test, testChecksum) = dataset.LoadPart(datasets, PennTreebankDataset.Test);
        var expected = options.Choice("trainPart") == "train" ? TrainingWords : ValidationWords;
        if (train.Count != expected)
        {
            throw new Faults.InvalidInputException("datasets", $"{trainName} has {train.Count} words where the original has {expected}; replace it by the original.");
        }

        var vocabulary = Vocabulary.Of([train], Words - 1);
        return new NetworkProblem<T>(
            network,
            TokenSets.Following<T>(train, vocabulary, network.Input.Length),
            TokenSets.Following<T>(test, vocabulary, network.Input.Length),
            new Dictionary<string, string>(StringComparer.Ordinal) { [trainName] = trainChecksum, [PennTreebankDataset.Test] = testChecksum })
        {
            ReadsInOrder = true,
        };
    }
}
