namespace Stepsize.Training.Sweeps.Presets;

/// <summary>"Block-normalized gradient" (ICLR 2018 submission), figure 3: language models of the Penn Treebank.</summary>
internal static class BlockNormalizedFigure3
{
    private const string Source = "\"Block-normalized gradient\", ICLR submission (2018), figure 3";

    public static Preset Windows40() => Create(40);

    public static Preset Windows400() => Create(400);

    public static Preset Windows1000() => Create(1000);

    public static Preset Small() => new(
        "bng-fig3-ptb40-small",
        "Penn Treebank, LSTM, small (figure 3)",
        $"{Source}, shortened",
        "Adam and AdamNG on the validation part, gradients through 40 words: which perplexity falls first.",
        [
            "Trained on the validation part, 73,760 words in place of 929,589.",
            "20 sequences a batch in place of 100, which makes 92 iterations an epoch.",
            "3 epochs; Adam and AdamNG alone.",
            "The source does not give the initial weights: PyTorch's defaults.",
            "Three seeds; the figure is of one run.",
        ],
        PresetRow.Sweep(
            Json("Penn Treebank, LSTM, small: block-normalized gradient, figure 3", 40, "valid", 20, 3, PresetRow.ThreeSeeds),
            PresetRow.Over("lr", [0.001], "adam"),
            PresetRow.Over("lr", [0.001], "adam-ng")));

    private static Preset Create(int words) => new(
        $"bng-fig3-ptb{words}",
        $"Penn Treebank, LSTM, gradients through {words} words (figure 3)",
        $"{Source}, BPTT {words}",
        $"Log perplexity over epochs of SGDM, Adam and AdaGrad and of the same methods on block-normalized gradients, windows of {words} words.",
        [
            "The source's number of epochs is only in its figure: 50.",
            "The source gives no learning rate of SGDM here: 0.1 and 1 are run, with momentum 0.9.",
            "The source does not give the initial weights: PyTorch's defaults.",
            "One seed, as the figure.",
        ],
        PresetRow.Sweep(
            Json($"Penn Treebank, LSTM, windows of {words}: block-normalized gradient, figure 3", words, "train", 100, 50, "[0]"),
            PresetRow.Over("lr", [0.1, 1], "sgd-momentum"),
            PresetRow.Over("lr", [0.1, 1], "sgdm-ng", ("weight_decay", 0)),
            PresetRow.Over("lr", [0.001], "adam"),
            PresetRow.Over("lr", [0.001], "adam-ng"),
            PresetRow.Over("lr", [0.01], "adagrad-coordinate"),
            PresetRow.Over("lr", [0.01], "adagrad-ng")));

    private static string Json(string name, int words, string part, int batch, int epochs, string seeds) =>
        $$"""
        {
          "name": "{{name}}",
          "workload": "ptb-lstm",
          "workloadOptions": { "bptt": {{words}}, "trainPart": "{{part}}" },
          "seeds": {{seeds}},
          "batchSize": {{batch}},
          "epochs": {{epochs}},
          "evaluateAtEpochs": {{PresetRow.Epochs(epochs)}}
        }
        """;
}
