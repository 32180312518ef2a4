namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Ward, Wu and Bottou (2020), figure 1: stochastic linear regression, gradient norm and effective stepsize against b₀.</summary>
internal static class WardFigure1
{
    /// <summary>η = F(x₀), as the article chooses it: about 650 for its data.</summary>
    private const double Eta = 650;

    public static Preset Create()
    {
        var values = LogarithmicGrid.Values(1e-2, 1e6, 25);
        return new Preset(
            "linreg-stochastic",
            "Stochastic linear regression (figure 1)",
            "Ward, Wu and Bottou (2020), figure 1",
            "Norm of the full gradient and effective stepsize against b₀ after 10, 2000 and 5000 iterations, η = F(x₀).",
            [
                "η is 650 for every seed; F(x₀) itself varies a little with the data drawn.",
                "The text gives no list of b₀: 25 values, three a decade, from 0.01 to 1,000,000.",
                "Three seeds; the figure is of one run.",
            ],
            PresetRow.Sweep(
                """
                {
                  "name": "Stochastic linear regression: Ward et al. 2020, figure 1",
                  "workload": "linreg-stochastic",
                  "seeds": [0, 1, 2],
                  "batchSize": 20,
                  "iterations": 5000,
                  "evaluateAtIterations": [10, 2000, 5000]
                }
                """,
                PresetRow.Over("b0", values, "sgd-constant", ("eta", Eta)),
                PresetRow.Over("b0", values, "sgd-decaysqrt", ("eta", Eta)),
                PresetRow.Over("b0", values, "adagrad-coordinate", ("eta", Eta)),
                PresetRow.Over("b0", values, "adagrad-norm", ("eta", Eta), ("granularity", "global"))));
    }
}
