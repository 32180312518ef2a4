namespace Stepsize.Engine.Benchmarks;

/// <summary>
/// A workload as it is measured: AdaGrad-Norm with a b for each neuron (one b for all in regression, which has no neurons), the batch of the targets,
/// the network's dense arithmetic.
/// </summary>
/// <param name="Workload">Id; the peer knows it by the same.</param>
/// <param name="Options">Workload options in JSON.</param>
/// <param name="MultiplyAdds">Of one iteration, were every product dense: forward, weight gradient, and input gradient but for the first layer.</param>
/// <param name="TargetRatio">Times the peer's speed that is asked for.</param>
internal sealed record BenchmarkCase(string Workload, string Options, int BatchSize, long MultiplyAdds, double TargetRatio)
{
    public static IReadOnlyList<BenchmarkCase> All { get; } =
    [
        new("linreg-stochastic", "{}", 20, 2 * 20 * 2000, 20),
        new("mnist-logreg", "{}", 256, 2 * 256 * 7840, 9),
        new("mnist-fulconn2", "{}", 256, 256 * ((2 * 78_400) + (3 * 1000)), 3.5),
        new("mnist-mlp", """{ "depth": "6" }""", 256, 256 * ((2 * 78_400) + (3 * ((4 * 10_000) + 1000))), 3.2),
        new("mnist-cnn", "{}", 256, 256L * ((2 * 288_000) + (3 * (1_600_000 + 400_000 + 5000))), 2.9),
        new("adalip-mnist", "{}", 128, 128L * ((2 * 194_688) + (3 * (10_616_832 + 1_179_648 + 1280))), 2.3),
    ];

    /// <summary>A sweep over initial stepsizes, with a seed for each core.</summary>
    /// <param name="runs">Of each seed.</param>
    public string Specification(int cores, int runs) =>
        $$"""
        { "name": "benchmark", "workload": "{{Workload}}", "workloadOptions": {{Options}}, "seeds": [{{string.Join(", ", Enumerable.Range(0, cores))}}],
          "optimizers": [ { "id": "adagrad-norm", "axis": "b0", "values": [{{string.Join(", ", Enumerable.Range(10, runs))}}],
                            "options": { "eta": 1, "granularity": "{{(Workload.StartsWith("linreg", StringComparison.Ordinal) ? "global" : "neuron")}}" } } ],
          "batchSize": {{BatchSize}}, "iterations": 100000000, "stopWhenDiverged": false }
        """;
}
