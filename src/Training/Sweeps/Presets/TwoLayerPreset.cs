namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Wu, Xie, Du and Ward (2022), figure 6: AdaLoss, AdaGrad-Norm and gradient descent on a wide two-layer network.</summary>
internal static class TwoLayerPreset
{
    /// <summary>The article's loss is a sum over its points, ours a mean: η = n makes the steps those of η = 1 there.</summary>
    private const int Points = 100;

    public static Preset Create()
    {
        var values = LogarithmicGrid.Values(1e-3, 1e3, 13);
        return new Preset(
            "two-layer-relu",
            "Two-layer ReLU network (figure 6)",
            "Wu, Xie, Du and Ward (2022), section 4 and figure 6",
            "Loss against b₀ after 10, 100 and 500 full-batch steps: gradient descent needs η/b₀ below 2/‖H∞‖, methods that adapt find it.",
            [
                "The text that is available does not give the figure's sizes: 100 points of dimension 100, 1000 hidden units, standard normal labels.",
                "13 values of b₀, two a decade, from 0.001 to 1000, and three seeds.",
                "AdaLoss stands twice: with the mean loss as it is, α = 1, and as theorem 3 has it, b² growing by √n ‖y − u‖².",
            ],
            PresetRow.Sweep(
                $$"""
                {
                  "name": "Two-layer ReLU network: Wu et al. 2022, figure 6",
                  "workload": "two-layer-relu",
                  "workloadOptions": { "points": {{Points}}, "dimension": 100, "width": 1000 },
                  "seeds": [0, 1, 2],
                  "batchSize": {{Points}},
                  "iterations": 500,
                  "evaluateAtIterations": [10, 100, 500]
                }
                """,
                PresetRow.Over("b0", values, "adaloss", ("eta", Points)),
                PresetRow.Over("b0", values, "adaloss", ("eta", Points), ("theorem3", true)),
                PresetRow.Over("b0", values, "adagrad-norm", ("eta", Points), ("granularity", "global")),
                PresetRow.Over("b0", values, "sgd-constant", ("eta", Points))));
    }
}
