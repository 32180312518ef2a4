using System.Text.Json.Nodes;

namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Ward, Wu and Bottou (2020), figure 3: accuracy on MNIST against b₀ after 5, 20 and 60 epochs.</summary>
internal static class WardFigure3
{
    public static Preset LogisticRegression() => Create(
        "ward-fig3-logreg", "MNIST logistic regression", "mnist-logreg", "first column", "a linear model, whose loss is convex");

    public static Preset TwoLayers() => Create(
        "ward-fig3-fulconn2", "MNIST, two fully connected layers", "mnist-fulconn2", "second column", "100 hidden ReLU units, whose loss is not convex");

    private static Preset Create(string id, string title, string workload, string column, string model)
    {
        var json = JsonNode.Parse(
            $$"""
            {
              "name": "{{title}}: Ward et al. 2020, figure 3",
              "workload": "{{workload}}",
              "seeds": [0],
              "batchSize": 256,
              "epochs": 60,
              "evaluateAtEpochs": [5, 20, 60]
            }
            """)!.AsObject();
        json["optimizers"] = new JsonArray(
            Row("sgd-constant"), Row("sgd-decaysqrt"), Row("adagrad-coordinate"), Row("adagrad-norm"));
        return new Preset(
            id,
            $"{title} (figure 3)",
            $"Ward, Wu and Bottou (2020), figure 3, {column}",
            $"Accuracy against b₀ with η = 1 after 5, 20 and 60 epochs, for {model}.",
            ["The text gives no list of b₀: 13 values, two a decade, from 0.001 to 1000.", "One seed, as the figure; ask for more to see the spread."],
            SpecificationReader.Read(json));
    }

    private static JsonObject Row(string optimizer) => new()
    {
        ["id"] = optimizer,
        ["values"] = new JsonArray([.. LogarithmicGrid.Values(1e-3, 1e3, 13).Select(v => (JsonNode)v)]),
        ["options"] = new JsonObject { ["eta"] = 1 },
    };
}
