using System.Text.Json.Nodes;

namespace Stepsize.Training.Sweeps.Presets;

/// <summary>
/// The searches behind "Block-normalized gradient" (ICLR 2018 submission), tables 1 to 3: Adam's learning rate, the threshold of the clipped forms and the ratio α of the
/// adaptive ones. All need a GPU.
/// </summary>
internal static class BlockNormalizedSearch
{
    private const string Source = "\"Block-normalized gradient\", ICLR submission (2018), sections 4.2 and 4.3";
    private const string Unsaid = "The source says neither on which of the two data sets it searched nor with how many runs: CIFAR-10, one seed.";
    private static readonly double[] LearningRates = [0.0005, 0.001, 0.005, 0.01];

    public static Preset AdamOnCifar() => new(
        "bng-search-adam-cifar10",
        "CIFAR-10, the search for Adam's learning rate",
        Source,
        "Test error of Adam at the four learning rates of the source's search; it takes 0.001 for all forms of Adam. Needs a GPU.",
        [Unsaid, "It does not say with which depth either: 56, as for the other searches."],
        Cifar("CIFAR-10, the search for Adam's learning rate: block-normalized gradient", Row("adam", LearningRates)));

    public static Preset Threshold() => new(
        "bng-search-clip-cifar10",
        "CIFAR-10, the search for the clipping threshold",
        Source,
        "Test error of SGDM and Adam with gradients clipped at 0.05, 0.1, 0.5, 1 and 5; the source takes 0.1. Needs a GPU.",
        [Unsaid],
        Cifar(
            "CIFAR-10, the search for the clipping threshold: block-normalized gradient",
            [.. new[] { 0.05, 0.1, 0.5, 1, 5 }.SelectMany(t => new[] { Row("sgdm-clip", [0.1], ("threshold", t)), Row("adam-clip", [0.001], ("threshold", t)) })]));

    public static Preset Ratio() => new(
        "bng-search-adap-cifar10",
        "CIFAR-10, the search for the ratio α",
        Source,
        "Test error of SGDM and Adam on adaptively normalised gradients with α = 0.01, 0.02 and 0.05; the source takes 0.02. Needs a GPU.",
        [Unsaid],
        Cifar(
            "CIFAR-10, the search for the ratio α: block-normalized gradient",
            [.. new[] { 0.01, 0.02, 0.05 }.SelectMany(a => new[] { Row("sgdm-ng-adap", [0.1], ("alpha", a)), Row("adam-ng-adap", [0.001], ("alpha", a)) })]));

    public static Preset AdamOnImageNet() => new(
        "bng-search-adam-imagenet",
        "ImageNet, the search for Adam's learning rate",
        Source,
        "Test error of Adam at the four learning rates of the source's search. Needs a GPU, and weeks of it.",
        ["The source does not say which of them it took.", "Its exponential decay is read as one to 0.001 of the start over the run.", "One seed."],
        PresetRow.Sweep(
            Json("ImageNet, the search for Adam's learning rate: block-normalized gradient", "imagenet-resnet34", """{ "lastBatch": "used" }""", 64, 50),
            PresetRow.Over("lr", LearningRates, "adam", ("weight_decay", 0.0001), ("lr_decay", "exponential"), ("lr_decay_factor", 0.001))));

    private static SweepSpecification Cifar(string name, params JsonObject[] rows) =>
        PresetRow.Sweep(Json(name, "cifar10-resnet", """{ "depth": 56, "lastBatch": "used" }""", 128, 160), rows);

    private static JsonObject Row(string optimizer, double[] values, params (string Id, JsonNode Value)[] options) =>
        PresetRow.Over("lr", values, optimizer, [("weight_decay", 0.0001), ("lr_decay", "step"), .. options]);

    private static string Json(string name, string workload, string options, int batch, int epochs) =>
        $$"""
        {
          "name": "{{name}}",
          "workload": "{{workload}}",
          "workloadOptions": {{options}},
          "seeds": [0],
          "batchSize": {{batch}},
          "epochs": {{epochs}},
          "evaluateAtEpochs": {{PresetRow.Epochs(epochs)}}
        }
        """;
}
