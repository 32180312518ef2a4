using System.Text.Json.Nodes;

namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Ward, Wu and Bottou (2020), figure 1: stochastic linear regression, gradient norm and effective stepsize against b₀.</summary>
internal static class WardFigure1
{
    /// <summary>η = F(x₀), as the article chooses it: about 650 for its data.</summary>
    private const double Eta = 650;

    public static Preset Create()
    {
        var json = JsonNode.Parse(
            """
            {
              "name": "Stochastic linear regression: Ward et al. 2020, figure 1",
              "workload": "linreg-stochastic",
              "seeds": [0],
              "batchSize": 20,
              "iterations": 5000,
              "evaluateAtIterations": [10, 2000, 5000]
            }
            """)!.AsObject();
        json["optimizers"] = new JsonArray(
            Row("sgd-constant"), Row("sgd-decaysqrt"), Row("adagrad-coordinate"), Row("adagrad-norm", ("granularity", "global")));
        return new Preset(
            "linreg-stochastic",
            "Stochastic linear regression (figure 1)",
            "Ward, Wu and Bottou (2020), figure 1",
            "Norm of the full gradient and effective stepsize against b₀ after 10, 2000 and 5000 iterations, η = F(x₀).",
            ["η is 650 for every seed; F(x₀) itself varies a little with the data drawn.", "The text gives no list of b₀: 25 values, three a decade, from 0.01 to 1,000,000."],
            SpecificationReader.Read(json));
    }

    private static JsonObject Row(string optimizer, params (string Id, JsonNode Value)[] options) => new()
    {
        ["id"] = optimizer,
        ["values"] = new JsonArray([.. LogarithmicGrid.Values(1e-2, 1e6, 25).Select(v => (JsonNode)v)]),
        ["options"] = new JsonObject([new("eta", Eta), .. options.Select(o => KeyValuePair.Create(o.Id, (JsonNode?)o.Value))]),
    };
}
