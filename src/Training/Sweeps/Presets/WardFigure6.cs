namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Ward, Wu and Bottou (2020), figure 6, the network on MNIST: momentum of 0.9 with AdaGrad-Norm and with SGD.</summary>
internal static class WardFigure6
{
    /// <summary>Why the rows of figure 6 are a decade apart where b₀ is large.</summary>
    public const string Axes =
        "SGD's momentum sums gradients, AdaGrad-Norm's (algorithm 3) averages them with the weight 1 − β = 0.1: at the same large b₀ SGD's steps are ten times as long, and the axes a decade apart.";

    public static Preset Create() => new(
        "ward-fig6-mnist-momentum",
        "MNIST with momentum (figure 6)",
        "Ward, Wu and Bottou (2020), figure 6, MNIST",
        "AdaGrad-Norm with momentum beside SGD with momentum against b₀, after 5, 20 and 60 epochs.",
        [
            "The text gives no list of b₀: 13 values, two a decade, from 0.001 to 1000.",
            "The available text names neither the panel's network nor its epochs: the convolutional network of figure 4 and the epochs of figure 3.",
            Axes,
            PresetRow.UnsaidStart,
            "One seed.",
        ],
        Sweep("MNIST with momentum: Ward et al. 2020, figure 6", 60_000, 60, "[5, 20, 60]", "[0]", LogarithmicGrid.Values(1e-3, 1e3, 13)));

    public static Preset Small() => new(
        "ward-fig6-mnist-momentum-small",
        "MNIST with momentum, small (figure 6)",
        "Ward, Wu and Bottou (2020), figure 6, MNIST, shortened",
        "The same comparison on a tenth of the digits: momentum does not make a constant stepsize robust.",
        [
            "The first 6,000 of the 60,000 training images: 23 iterations an epoch in place of 234.",
            "The convolutional network of figure 4, since the available text does not name the panel's.",
            "10 epochs, measured after 5 and 10, in place of 60.",
            "Seven values of b₀, one a decade, in place of a fine grid.",
            Axes,
            PresetRow.UnsaidStart,
            "Three seeds; the figure is of one run.",
        ],
        Sweep("MNIST with momentum, small: Ward et al. 2020, figure 6", 6000, 10, "[5, 10]", PresetRow.ThreeSeeds, LogarithmicGrid.Values(1e-3, 1e3, 7)));

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
        PresetRow.Over("b0", values, "sgd-momentum", ("eta", 1), ("momentum", 0.9)),
        PresetRow.Over("b0", values, "adagrad-norm-momentum", ("eta", 1), ("beta", 0.9)));
}
