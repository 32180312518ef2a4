namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Wu, Xie, Du and Ward (2022), figure 2: news in two classes by an LSTM, Adam against AdamLoss.</summary>
internal static class WuFigure2
{
    public static Preset Create() => new(
        "wu-fig2-news",
        "News by an LSTM, AdamLoss (figure 2)",
        "Wu, Xie, Du and Ward (2022), figure 2",
        "Loss, accuracy and stepsize over epochs from six initial stepsizes: AdamLoss beside Adam and Adam decaying with √t.",
        [
            "The available text gives neither the sizes of the network and the data nor epochs and batch: those are the workload's defaults.",
            "b₀ is 0.1, 1, 10, 100, 400 and 10,000; the text names only 0.1, 1 and 400.",
            "Adam's learning rate is 1/√b₀ of the same values, so that all three start with the same stepsize.",
            "All three have β₂ = 0.99 and ε = 10⁻⁸ under the root, as algorithm 2 lists them; the document gives no ε.",
            "The source does not give the initial weights: PyTorch's defaults.",
            "One seed.",
        ],
        Sweep("News by an LSTM: Wu et al. 2022, figure 2", """{ "lastBatch": "used" }""", 5, "[0]", [0.1, 1, 10, 100, 400, 10_000]));

    public static Preset Small() => new(
        "wu-fig2-news-small",
        "News by an LSTM, small (figure 2)",
        "Wu, Xie, Du and Ward (2022), figure 2, shortened",
        "The same comparison with a quarter of the articles and a smaller network.",
        [
            "4,000 articles to train on and 1,000 to test on, the first 50 words of each, 5,000 words known, 32 cells in place of 100.",
            "2 epochs in place of 5.",
            "b₀ is 1, 100 and 10,000; Adam's learning rate is 1/√b₀.",
            "All three have β₂ = 0.99 and ε = 10⁻⁸ under the root, as algorithm 2 lists them; the document gives no ε.",
            "The source does not give the initial weights: PyTorch's defaults.",
            "Three seeds.",
        ],
        Sweep(
            "News by an LSTM, small: Wu et al. 2022, figure 2",
            """{ "trainRows": 4000, "testRows": 1000, "vocabulary": 5000, "length": 50, "embedding": 32, "hidden": 32, "lastBatch": "used" }""",
            2,
            PresetRow.ThreeSeeds,
            [1, 100, 10_000]));

    private static SweepSpecification Sweep(string name, string options, int epochs, string seeds, IReadOnlyList<double> values) => PresetRow.Sweep(
        $$"""
        {
          "name": "{{name}}",
          "workload": "fake-news-lstm",
          "workloadOptions": {{options}},
          "seeds": {{seeds}},
          "batchSize": 64,
          "epochs": {{epochs}},
          "evaluateAtEpochs": {{PresetRow.Epochs(epochs)}}
        }
        """,
        PresetRow.Over("lr", values.Select(b => Math.Round(1 / Math.Sqrt(b), 4)), "adam", ("beta2", 0.99), ("epsilon_inside", true)),
        PresetRow.Over("b0", values, "adam-sqrt", ("eta", 1), ("beta2", 0.99), ("epsilon_inside", true)),
        PresetRow.Over("b0", values, "adamloss", ("eta", 1)));
}
