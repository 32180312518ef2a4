namespace Stepsize.Training.Sweeps.Presets;

/// <summary>The first heatmap: the comparison of Ward, Wu and Bottou (2020), figure 3, small enough to watch.</summary>
internal static class Quickstart
{
    public const string Id = "quickstart";

    public static Preset Create() => new(
        Id,
        "Quickstart: MNIST, two layers",
        "Ward, Wu and Bottou (2020), figure 3, second column, shortened",
        "Four optimizers over seven decades of b₀, three seeds, in about a minute; the first seed's heatmap is there in a third of that: AdaGrad-Norm trains wherever the initial stepsize is too large, constant stepsizes do not.",
        [
            "Seven values of b₀ in place of a fine grid.",
            "Two epochs in place of 60.",
            "SGD decays by η/(b₀ + 0.2√t) alone; ward-fig3-fulconn2 has the multiplicative schedule, too.",
            PresetRow.UnsaidStart,
        ],
        SpecificationReader.Parse(
            """
            {
              "name": "Quickstart: MNIST, two layers",
              "workload": "mnist-fulconn2",
              "optimizers": [
                { "id": "sgd-constant",       "values": [0.001, 0.01, 0.1, 1, 10, 100, 1000] },
                { "id": "sgd-decaysqrt",      "values": [0.001, 0.01, 0.1, 1, 10, 100, 1000] },
                { "id": "adagrad-coordinate", "values": [0.001, 0.01, 0.1, 1, 10, 100, 1000] },
                { "id": "adagrad-norm",       "values": [0.001, 0.01, 0.1, 1, 10, 100, 1000] }
              ],
              "seeds": [0, 1, 2],
              "batchSize": 256,
              "epochs": 2,
              "evaluateAtEpochs": [1, 2]
            }
            """));
}
