namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Ward, Wu and Bottou (2020), figure 2: linear regression with exact gradients, against line search.</summary>
internal static class WardFigure2
{
    /// <summary>η = F(x₀), as the article chooses it: about 650 for its data.</summary>
    private const double Eta = 650;

    public static Preset Create()
    {
        var values = LogarithmicGrid.Values(1e-2, 1e6, 25);
        return new Preset(
            "linreg-batch",
            "Full-batch linear regression (figure 2)",
            "Ward, Wu and Bottou (2020), figure 2",
            "Norm of the gradient and effective stepsize against b₀ after 10, 50 and 100 iterations with exact gradients: line search beside methods that adapt.",
            [
                "η is 650 for every seed; F(x₀) itself varies a little with the data drawn.",
                "The text gives no list of b₀: 25 values, three a decade, from 0.01 to 1,000,000.",
                "Line search tries η/b₀ first, as the others do, where algorithm 2 writes 1/b₀: its row is that of b₀/650 there, so that all rows have the same initial stepsizes.",
                "Three seeds, which differ in x₀ alone; the figure is of one run.",
            ],
            PresetRow.Sweep(
                """
                {
                  "name": "Linear regression, full batch: Ward et al. 2020, figure 2",
                  "workload": "linreg-batch",
                  "seeds": [0, 1, 2],
                  "batchSize": 1000,
                  "iterations": 100,
                  "evaluateAtIterations": [10, 50, 100]
                }
                """,
                PresetRow.Over("b0", values, "gd-linesearch", ("eta", Eta)),
                PresetRow.Over("b0", values, "sgd-constant", ("eta", Eta)),
                PresetRow.Over("b0", values, "sgd-decaysqrt", ("eta", Eta)),
                PresetRow.Over("b0", values, "adagrad-coordinate", ("eta", Eta)),
                PresetRow.Over("b0", values, "adagrad-norm", ("eta", Eta), ("granularity", "global"))));
    }
}
