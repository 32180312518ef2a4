namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Ward, Wu and Bottou (2020), figure 4, the network on MNIST: accuracy against b₀ of a convolutional network.</summary>
internal static class WardFigure4
{
    public static Preset Create() => new(
        "ward-fig4-cnn",
        "MNIST, convolutional network (figure 4)",
        "Ward, Wu and Bottou (2020), figure 4, MNIST",
        "Accuracy against b₀ with η = 1 after 5, 20 and 60 epochs; the one model where the article sees AdaGrad-Norm fail at small b₀.",
        [
            "The text gives no list of b₀: 13 values, two a decade, from 0.001 to 1000.",
            "The available text does not give the epochs of this panel; they are those of figure 3.",
            WardFigure3.Schedules,
            PresetRow.UnsaidStart,
            "One seed.",
        ],
        Sweep("MNIST, convolutional network: Ward et al. 2020, figure 4", 60_000, 60, "[5, 20, 60]", "[0]", LogarithmicGrid.Values(1e-3, 1e3, 13)));

    public static Preset Small() => new(
        "ward-fig4-cnn-small",
        "MNIST, convolutional network, small (figure 4)",
        "Ward, Wu and Bottou (2020), figure 4, MNIST, shortened",
        "The same network on a tenth of the digits: the shape of the curves against b₀ in minutes.",
        [
            "The first 6,000 of the 60,000 training images: 23 iterations an epoch in place of 234.",
            "10 epochs, measured after 5 and 10, in place of 60.",
            "Seven values of b₀, one a decade, in place of a fine grid.",
            WardFigure3.Schedules,
            PresetRow.UnsaidStart,
            "Three seeds; the figure is of one run.",
        ],
        Sweep("MNIST, convolutional network, small: Ward et al. 2020, figure 4", 6000, 10, "[5, 10]", PresetRow.ThreeSeeds, LogarithmicGrid.Values(1e-3, 1e3, 7)));

    private static SweepSpecification Sweep(string name, int images, int epochs, string evaluateAt, string seeds, IReadOnlyList<double> values) => PresetRow.Sweep(
        $$"""
        {
          "name": "{{name}}",
          "workload": "mnist-cnn",
          "workloadOptions": { "trainLimit": {{images}} },
          "seeds": {{seeds}},
          "batchSize": 256,
          "epochs": {{epochs}},
          "evaluateAtEpochs": {{evaluateAt}}
        }
        """,
        PresetRow.Over("b0", values, "sgd-constant", ("eta", 1)),
        PresetRow.Over("b0", values, "sgd-decaysqrt", ("eta", 1)),
        PresetRow.Over("b0", values, "sgd-decaysqrt", ("eta", 1), ("schedule", "multiplicative")),
        PresetRow.Over("b0", values, "adagrad-coordinate", ("eta", 1)),
        PresetRow.Over("b0", values, "adagrad-norm", ("eta", 1)));
}
