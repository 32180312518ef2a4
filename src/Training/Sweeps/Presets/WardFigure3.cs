namespace Stepsize.Training.Sweeps.Presets;

/// <summary>
/// Ward, Wu and Bottou (2020), figure 3: accuracy on MNIST against b₀ after 5, 20 and 60 epochs. <see cref="Quickstart"/> is the small form of its second column.
/// </summary>
internal static class WardFigure3
{
    /// <summary>Why figures 3 and 4 have two rows of decaying SGD.</summary>
    public const string Schedules =
        "The text gives no schedule of the decaying SGD of networks: η/(b₀ + 0.2√t), which soon forgets b₀, and η/(b₀√t), which does not, are both run.";

    public static Preset LogisticRegression() => Create(
        "ward-fig3-logreg", "MNIST logistic regression", "mnist-logreg", "first column", "a linear model, whose loss is convex");

    public static Preset TwoLayers() => Create(
        "ward-fig3-fulconn2", "MNIST, two fully connected layers", "mnist-fulconn2", "second column", "100 hidden ReLU units, whose loss is not convex");

    public static Preset LogisticRegressionSmall() => new(
        "ward-fig3-logreg-small",
        "MNIST logistic regression, short (figure 3)",
        "Ward, Wu and Bottou (2020), figure 3, first column, shortened",
        "The first of the figure's columns after 1 and 5 epochs: the adaptive methods train at small b₀, where constant stepsizes are thrown about.",
        [
            "Seven values of b₀, one a decade, in place of a fine grid.",
            "5 epochs in place of 60.",
            Schedules,
            PresetRow.UnsaidStart,
            "Three seeds; the figure is of one run.",
        ],
        Sweep("MNIST logistic regression, short: Ward et al. 2020, figure 3", "mnist-logreg", 5, "[1, 5]", PresetRow.ThreeSeeds, LogarithmicGrid.Values(1e-3, 1e3, 7)));

    private static Preset Create(string id, string title, string workload, string column, string model) => new(
        id,
        $"{title} (figure 3)",
        $"Ward, Wu and Bottou (2020), figure 3, {column}",
        $"Accuracy against b₀ with η = 1 after 5, 20 and 60 epochs, for {model}.",
        [
            "The text gives no list of b₀: 13 values, two a decade, from 0.001 to 1000.",
            Schedules,
            PresetRow.UnsaidStart,
            "One seed, as the figure; ask for more to see the spread.",
        ],
        Sweep($"{title}: Ward et al. 2020, figure 3", workload, 60, "[5, 20, 60]", "[0]", LogarithmicGrid.Values(1e-3, 1e3, 13)));

    private static SweepSpecification Sweep(string name, string workload, int epochs, string evaluateAt, string seeds, IReadOnlyList<double> values) => PresetRow.Sweep(
        $$"""
        {
          "name": "{{name}}",
          "workload": "{{workload}}",
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
