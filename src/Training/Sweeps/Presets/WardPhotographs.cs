namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Ward, Wu and Bottou (2020), figures 4 to 6, the residual networks on CIFAR-10 and ImageNet. All need a GPU.</summary>
internal static class WardPhotographs
{
    private const string Grid = "The text gives no list of b₀: 13 values, two a decade, from 0.001 to 1000.";

    /// <summary>196 iterations of 256 for CIFAR-10, as the article counts.</summary>
    private const string WholeEpochs = """{ "lastBatch": "used" }""";

    public static Preset FixedNormalisation() => Cifar(
        "ward-fig4-resnet18-fixed", "batch normalisation without parameters", "Ward, Wu and Bottou (2020), figure 4, bottom left", """{ "affine": false, "lastBatch": "used" }""");

    public static Preset LearntNormalisation() => Cifar(
        "ward-fig4-resnet18", "batch normalisation as usual", "Ward, Wu and Bottou (2020), figure 4, bottom right", WholeEpochs);

    public static Preset Momentum()
    {
        var values = LogarithmicGrid.Values(1e-3, 1e3, 13);
        return new Preset(
            "ward-fig6-resnet18-momentum",
            "CIFAR-10, ResNet-18 with momentum (figure 6)",
            "Ward, Wu and Bottou (2020), figure 6, CIFAR-10",
            "AdaGrad-Norm with momentum beside SGD with momentum against b₀. Needs a GPU.",
            [Grid, "The available text does not give the epochs of this panel: 10, 45 and 90, as in figure 4.", WardFigure6.Axes, "One seed."],
            PresetRow.Sweep(
                Json("CIFAR-10, ResNet-18 with momentum: Ward et al. 2020, figure 6", "cifar10-resnet18", WholeEpochs, "[10, 45, 90]"),
                PresetRow.Over("b0", values, "sgd-momentum", ("eta", 1), ("momentum", 0.9)),
                PresetRow.Over("b0", values, "adagrad-norm-momentum", ("eta", 1), ("beta", 0.9))));
    }

    public static Preset ImageNet()
    {
        var values = LogarithmicGrid.Values(1e-3, 1e3, 13);
        return new Preset(
            "ward-fig5-resnet50",
            "ImageNet, ResNet-50 (figure 5)",
            "Ward, Wu and Bottou (2020), figure 5",
            "Accuracy against b₀ of AdaGrad-Norm, AdaGrad-Coordinate and SGD with a constant stepsize. Needs a GPU, and days of it.",
            [Grid, "The available text does not give the figure's epochs: 30, 60 and 90.", "One seed."],
            PresetRow.Sweep(
                Json("ImageNet, ResNet-50: Ward et al. 2020, figure 5", "imagenet-resnet50", WholeEpochs, "[30, 60, 90]"),
                PresetRow.Over("b0", values, "sgd-constant", ("eta", 1)),
                PresetRow.Over("b0", values, "adagrad-coordinate", ("eta", 1)),
                PresetRow.Over("b0", values, "adagrad-norm", ("eta", 1))));
    }

    private static Preset Cifar(string id, string variant, string source, string options)
    {
        var values = LogarithmicGrid.Values(1e-3, 1e3, 13);
        return new Preset(
            id,
            $"CIFAR-10, ResNet-18, {variant} (figure 4)",
            source,
            $"Accuracy against b₀ with η = 1 after 10, 45 and 90 epochs, {variant}. Needs a GPU.",
            [Grid, WardFigure3.Schedules, PresetRow.UnsaidStart, "One seed."],
            PresetRow.Sweep(
                Json($"CIFAR-10, ResNet-18, {variant}: Ward et al. 2020, figure 4", "cifar10-resnet18", options, "[10, 45, 90]"),
                PresetRow.Over("b0", values, "sgd-constant", ("eta", 1)),
                PresetRow.Over("b0", values, "sgd-decaysqrt", ("eta", 1)),
                PresetRow.Over("b0", values, "sgd-decaysqrt", ("eta", 1), ("schedule", "multiplicative")),
                PresetRow.Over("b0", values, "adagrad-coordinate", ("eta", 1)),
                PresetRow.Over("b0", values, "adagrad-norm", ("eta", 1))));
    }

    private static string Json(string name, string workload, string options, string evaluateAt) =>
        $$"""
        {
          "name": "{{name}}",
          "workload": "{{workload}}",
          "workloadOptions": {{options}},
          "seeds": [0],
          "batchSize": 256,
          "epochs": 90,
          "evaluateAtEpochs": {{evaluateAt}}
        }
        """;
}
