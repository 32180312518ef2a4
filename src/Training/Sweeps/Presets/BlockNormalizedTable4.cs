namespace Stepsize.Training.Sweeps.Presets;

/// <summary>"Block-normalized gradient" (ICLR 2018 submission), table 4: film reviews by a convolution over words.</summary>
internal static class BlockNormalizedTable4
{
    private const string Source = "\"Block-normalized gradient\", ICLR submission (2018), table 4";

    private const string MaximumNorm = "Kim (2014), whose setup the source follows, keeps the norms of the last layer's weights at 3 or below; here they are not bounded.";

    public static Preset Create() => new(
        "bng-table4",
        "Rotten Tomatoes, convolutional network (table 4)",
        Source,
        "Best validation accuracy over 150 epochs of SGDM, AdaGrad and Adam and of the same methods on block-normalized gradients.",
        [
            "The source gives neither SGDM's learning rate nor the batch: 0.1, as on CIFAR, and 50.",
            "The tenth that is held out is drawn anew; the source's split is not known.",
            MaximumNorm,
            "One seed.",
        ],
        Sweep("Rotten Tomatoes: block-normalized gradient, table 4", 150, "[0]"));

    public static Preset Small() => new(
        "bng-table4-small",
        "Rotten Tomatoes, short (table 4)",
        $"{Source}, shortened",
        "The order of the six methods after the first three epochs.",
        [
            "3 epochs in place of 150, so that methods that are slow to start are behind.",
            "The source gives neither SGDM's learning rate nor the batch: 0.1, as on CIFAR, and 50.",
            "A split drawn anew, and three seeds.",
            MaximumNorm,
        ],
        Sweep("Rotten Tomatoes, short: block-normalized gradient, table 4", 3, PresetRow.ThreeSeeds));

    private static SweepSpecification Sweep(string name, int epochs, string seeds) => PresetRow.Sweep(
        $$"""
        {
          "name": "{{name}}",
          "workload": "rotten-tomatoes-cnn",
          "workloadOptions": { "lastBatch": "used" },
          "seeds": {{seeds}},
          "batchSize": 50,
          "epochs": {{epochs}},
          "evaluateAtEpochs": {{PresetRow.Epochs(epochs)}}
        }
        """,
        PresetRow.Over("lr", [0.001], "adam-ng"),
        PresetRow.Over("lr", [0.001], "adam"),
        PresetRow.Over("lr", [0.01], "adagrad-ng"),
        PresetRow.Over("lr", [0.01], "adagrad-coordinate"),
        PresetRow.Over("lr", [0.1], "sgdm-ng", ("weight_decay", 0)),
        PresetRow.Over("lr", [0.1], "sgd-momentum"));
}
