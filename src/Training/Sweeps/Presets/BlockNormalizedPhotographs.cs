using System.Text.Json.Nodes;

namespace Stepsize.Training.Sweeps.Presets;

/// <summary>"Block-normalized gradient" (ICLR 2018 submission), tables 1 to 3: residual networks on CIFAR and ImageNet. All need a GPU.</summary>
internal static class BlockNormalizedPhotographs
{
    private const string Source = "\"Block-normalized gradient\", ICLR submission (2018)";

    private static readonly (string Id, JsonNode Value)[] StepDecay = [("weight_decay", 0.0001), ("lr_decay", "step")];

    private static readonly (string Id, JsonNode Value)[] ExponentialDecay =
        [("weight_decay", 0.0001), ("lr_decay", "exponential"), ("lr_decay_factor", 0.001)];

    /// <summary>A column of table 1.</summary>
    /// <param name="depth">20, 32, 44, 56 or 110.</param>
    public static Preset Cifar10(int depth) => Cifar(1, "CIFAR-10", "cifar10-resnet", depth);

    /// <summary>A column of table 2.</summary>
    /// <param name="depth">20, 32, 44, 56 or 110.</param>
    public static Preset Cifar100(int depth) => Cifar(2, "CIFAR-100", "cifar100-resnet", depth);

    public static Preset ImageNet() => new(
        "bng-table3",
        "ImageNet, ResNet-34 (table 3)",
        $"{Source}, table 3",
        "Top-1 and top-5 test error of Adam and SGDM and of the same methods on block-normalized gradients. Needs a GPU, and days of it.",
        [
            "The source does not say which of four learning rates it took for Adam: 0.001, as on CIFAR.",
            "Its exponential decay is read as one to 0.001 of the start over the run.",
            "Pictures are cut out of the middle and mirrored at random; the source's implementation also crops at random and varies colours.",
        ],
        PresetRow.Sweep(
            Json("ImageNet, ResNet-34: block-normalized gradient, table 3", "imagenet-resnet34", """{ "lastBatch": "used" }""", 1, 64, 50),
            Row(0.001, "adam", ExponentialDecay),
            Row(0.001, "adam-ng", ExponentialDecay),
            Row(0.1, "sgd-momentum", ExponentialDecay),
            Row(0.1, "sgdm-ng", ExponentialDecay)));

    private static Preset Cifar(int table, string dataset, string workload, int depth) => new(
        $"bng-table{table}-resnet{depth}",
        $"{dataset}, ResNet-{depth} (table {table})",
        $"{Source}, table {table}, ResNet-{depth}",
        "Test error after 160 epochs of Adam and SGDM, plain, clipped, and on block-normalized gradients in both forms, five runs each. Needs a GPU.",
        ["The clipping threshold of 0.1 and the ratio α of 0.02 are those that the source chose on its 56-layer network."],
        PresetRow.Sweep(
            Json($"{dataset}, ResNet-{depth}: block-normalized gradient, table {table}", workload, $$"""{ "depth": {{depth}}, "lastBatch": "used" }""", 5, 128, 160),
            Row(0.001, "adam", StepDecay),
            Row(0.001, "adam-clip", StepDecay),
            Row(0.001, "adam-ng", StepDecay),
            Row(0.001, "adam-ng-adap", StepDecay),
            Row(0.1, "sgd-momentum", StepDecay),
            Row(0.1, "sgdm-clip", StepDecay),
            Row(0.1, "sgdm-ng", StepDecay),
            Row(0.1, "sgdm-ng-adap", StepDecay)));

    /// <summary>A JSON node belongs to one parent, so that each row takes copies.</summary>
    private static JsonObject Row(double lr, string optimizer, (string Id, JsonNode Value)[] options) =>
        PresetRow.Over("lr", [lr], optimizer, [.. options.Select(o => (o.Id, o.Value.DeepClone()))]);

    private static string Json(string name, string workload, string options, int seeds, int batch, int epochs) =>
        $$"""
        {
          "name": "{{name}}",
          "workload": "{{workload}}",
          "workloadOptions": {{options}},
          "seeds": [{{string.Join(", ", Enumerable.Range(0, seeds))}}],
          "batchSize": {{batch}},
          "epochs": {{epochs}},
          "evaluateAtEpochs": {{PresetRow.Epochs(epochs)}}
        }
        """;
}
