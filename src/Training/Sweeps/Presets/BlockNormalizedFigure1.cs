namespace Stepsize.Training.Sweeps.Presets;

/// <summary>"Block-normalized gradient" (ICLR 2018 submission), figure 1: perceptrons of 6, 12 and 18 layers of sigmoids.</summary>
internal static class BlockNormalizedFigure1
{
    private const string Source = "\"Block-normalized gradient\", ICLR submission (2018), figure 1";

    public static Preset Layers6() => Create(6, "With 6 layers, every method trains.");

    public static Preset Layers12() => Create(12, "With 12 layers, normalised gradients begin to matter.");

    public static Preset Layers18() => Create(18, "With 18 layers, Adam gets stuck from the very beginning and AdamNG does not.");

    public static Preset Small() => new(
        "bng-fig1-mlp18-small",
        "MNIST, 18 layers of sigmoids, short (figure 1)",
        $"{Source}, shortened",
        "Adam and AdamNG on the deepest of the perceptrons: one is stuck, the other trains.",
        ["10 epochs in place of 50.", "Adam and AdamNG alone, at three learning rates where the source has 0.001.", PresetRow.UnsaidStart, "Three seeds; the figure is of one run."],
        PresetRow.Sweep(
            Json("MNIST, 18 layers of sigmoids, short: block-normalized gradient, figure 1", 18, 10),
            PresetRow.Over("lr", [0.0001, 0.001, 0.01], "adam"),
            PresetRow.Over("lr", [0.0001, 0.001, 0.01], "adam-ng")));

    private static Preset Create(int depth, string summary) => new(
        $"bng-fig1-mlp{depth}",
        $"MNIST, {depth} layers of sigmoids (figure 1)",
        $"{Source}, {depth} layers",
        $"Loss over 50 epochs of SGDM, Adam and AdaGrad and of the same methods on block-normalized gradients. {summary}",
        ["The source gives no learning rate of SGDM here: 0.01 and 0.1 are run, with momentum 0.9.", PresetRow.UnsaidStart, "Three seeds; the figure is of one run."],
        PresetRow.Sweep(
            Json($"MNIST, {depth} layers of sigmoids: block-normalized gradient, figure 1", depth, 50),
            PresetRow.Over("lr", [0.01, 0.1], "sgd-momentum"),
            PresetRow.Over("lr", [0.01, 0.1], "sgdm-ng", ("weight_decay", 0)),
            PresetRow.Over("lr", [0.001], "adam"),
            PresetRow.Over("lr", [0.001], "adam-ng"),
            PresetRow.Over("lr", [0.01], "adagrad-coordinate"),
            PresetRow.Over("lr", [0.01], "adagrad-ng")));

    private static string Json(string name, int depth, int epochs) =>
        $$"""
        {
          "name": "{{name}}",
          "workload": "mnist-mlp",
          "workloadOptions": { "depth": "{{depth}}" },
          "seeds": {{PresetRow.ThreeSeeds}},
          "batchSize": 100,
          "epochs": {{epochs}},
          "evaluateAtEpochs": {{PresetRow.Epochs(epochs)}}
        }
        """;
}
