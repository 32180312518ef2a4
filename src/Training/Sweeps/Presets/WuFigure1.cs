namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Wu, Xie, Du and Ward (2022), figure 1: AdaLoss on stochastic linear regression. At paper size it already takes well under a minute.</summary>
internal static class WuFigure1
{
    public static Preset Create()
    {
        var values = LogarithmicGrid.Values(1e-2, 1e6, 25);
        return new Preset(
            "wu-fig1-linreg",
            "AdaLoss on linear regression (figure 1)",
            "Wu, Xie, Du and Ward (2022), figure 1",
            "Loss and effective stepsize 1/b against b₀ with η = 1: AdaLoss beside AdaGrad-Norm, and SGD with constant and decaying stepsizes.",
            [
                "The figure averages over the iterations 101 to 200, 991 to 1000 and 4901 to 5000; the sweep is measured after 200, 1000 and 5000 and keeps every iteration's loss, from which windows are averaged.",
                "The available text gives neither the list of b₀ nor c_s: 25 values, three a decade, from 0.01 to 1,000,000, and c_s = 0.2 as Ward et al. have it.",
                "The text gives neither the sizes of the data nor the mini-batch nor η: 1,000 rows of 2,000 numbers, 20 rows a mini-batch as Ward et al. have it, and η = 1.",
                "b² grows by ‖x_iᵀw − y_i‖² in the document's section on regressions, which is twice a loss of half squares: α = 2.",
                "Three seeds; the figure is of one run.",
            ],
            PresetRow.Sweep(
                """
                {
                  "name": "AdaLoss on linear regression: Wu et al. 2022, figure 1",
                  "workload": "linreg-stochastic",
                  "seeds": [0, 1, 2],
                  "batchSize": 20,
                  "iterations": 5000,
                  "evaluateAtIterations": [200, 1000, 5000]
                }
                """,
                PresetRow.Over("b0", values, "adaloss", ("eta", 1), ("alpha", 2)),
                PresetRow.Over("b0", values, "adagrad-norm", ("eta", 1), ("granularity", "global")),
                PresetRow.Over("b0", values, "sgd-constant", ("eta", 1)),
                PresetRow.Over("b0", values, "sgd-decaysqrt", ("eta", 1))));
    }
}
