namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Ioannou, Tagaris and Stafylopatis (2023), tables 2 to 4: training accuracy over learning rates, with and without AdaLip.</summary>
internal static class AdaLipTables
{
    private const string RunningMean =
        "Training accuracy is that of the whole training set after each epoch; the released code takes Keras' running mean over the epoch's mini-batches, which lags behind while accuracy rises.";

    public static Preset Mnist() => new(
        "adalip-table2",
        "MNIST, AdaLip (table 2)",
        "Ioannou, Tagaris and Stafylopatis (2023), table 2",
        "Peak training accuracy and epochs to 98% of it over each method's learning rates, median of 25 runs: SGD, Adam and RMSProp beside their AdaLip forms.",
        [
            RunningMean,
        ],
        Sweep(
            "MNIST, AdaLip: Ioannou et al. 2023, table 2",
            "adalip-mnist",
            """{ "lastBatch": "used" }""",
            15,
            PresetRow.Epochs(15),
            25,
            sgd: [0.005, 0.01, 0.05, 0.1, 0.5, 0.7, 1.0, 1.3],
            adam: [0.0005, 0.001, 0.005, 0.01],
            rms: [0.0003, 0.0005, 0.0007, 0.001, 0.005, 0.01]));

    public static Preset MnistSmall() => new(
        "adalip-table2-small",
        "MNIST, AdaLip, small (table 2)",
        "Ioannou, Tagaris and Stafylopatis (2023), table 2, shortened",
        "The ends and the middle of each method's learning rates on a twentieth of the digits: how much accuracy the choice costs.",
        [
            "The first 3,000 of the 60,000 training images: 24 iterations an epoch in place of 469.",
            "4 epochs in place of 15, measured after 2 and 4.",
            "Three of each method's learning rates: first, last and one between.",
            "Three seeds in place of 25.",
            RunningMean,
        ],
        Sweep(
            "MNIST, AdaLip, small: Ioannou et al. 2023, table 2",
            "adalip-mnist",
            """{ "trainLimit": 3000, "lastBatch": "used" }""",
            4,
            "[2, 4]",
            3,
            sgd: [0.005, 0.1, 1.3],
            adam: [0.0005, 0.001, 0.01],
            rms: [0.0003, 0.001, 0.01]));

    public static Preset Cifar10() => Cifar(
        3,
        "CIFAR-10",
        "adalip-cifar10",
        30,
        25,
        [],
        sgd: [0.005, 0.01, 0.05, 0.07, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0],
        adam: [0.0002, 0.0003, 0.0005, 0.0007, 0.001, 0.005, 0.01],
        rms: [0.0003, 0.0005, 0.0007, 0.001, 0.005]);

    public static Preset Cifar100() => Cifar(
        4,
        "CIFAR-100",
        "adalip-cifar100",
        70,
        10,
        ["Training images are turned by up to 15°, shifted by up to a tenth and mirrored; the article does not say how far it turns and shifts."],
        sgd: [0.005, 0.01, 0.05, 0.1, 0.5, 0.7],
        adam: [0.0005, 0.001, 0.005, 0.01],
        rms: [0.0003, 0.0005, 0.0007, 0.001, 0.005, 0.01]);

    private static Preset Cifar(
        int table, string dataset, string workload, int epochs, int seeds, string[] differences, double[] sgd, double[] adam, double[] rms) => new(
        $"adalip-table{table}",
        $"{dataset}, AdaLip (table {table})",
        $"Ioannou, Tagaris and Stafylopatis (2023), table {table}",
        $"Peak training accuracy and epochs to 95% of it over each method's learning rates, median of {seeds} runs. Needs a GPU.",
        [
            RunningMean,
            .. differences,
        ],
        Sweep($"{dataset}, AdaLip: Ioannou et al. 2023, table {table}", workload, """{ "lastBatch": "used" }""", epochs, PresetRow.Epochs(epochs), seeds, sgd, adam, rms));

    private static SweepSpecification Sweep(
        string name, string workload, string options, int epochs, string evaluateAt, int seeds, double[] sgd, double[] adam, double[] rms) => PresetRow.Sweep(
        $$"""
        {
          "name": "{{name}}",
          "workload": "{{workload}}",
          "workloadOptions": {{options}},
          "seeds": [{{string.Join(", ", Enumerable.Range(0, seeds))}}],
          "batchSize": 128,
          "epochs": {{epochs}},
          "evaluateAtEpochs": {{evaluateAt}}
        }
        """,
        PresetRow.Over("lr", sgd, "sgd-momentum", ("momentum", 0)),
        PresetRow.Over("lr", sgd, "adalip"),
        PresetRow.Over("lr", adam, "adam", ("epsilon", 1e-7)),
        PresetRow.Over("lr", adam, "adamlip"),
        PresetRow.Over("lr", rms, "rmsprop"),
        PresetRow.Over("lr", rms, "rmslip"));
}
