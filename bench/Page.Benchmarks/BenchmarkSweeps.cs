using System.Globalization;
using System.Text.Json;

namespace Stepsize.Page.Benchmarks;

/// <summary>The sweeps whose pages are measured, trained for real by the program itself: stochastic linear regression is its quickest workload.</summary>
internal static class BenchmarkSweeps
{
    /// <summary>1,000 runs of 14,000 iterations: four optimizers, 25 values, ten seeds.</summary>
    public static string Thousand { get; } = Specification(
        "1,000 runs of 14,000 iterations", ["adagrad-coordinate", "adagrad-norm", "adaloss", "wngrad"], seeds: 10, iterations: 14_000, "");

    /// <summary>375 runs of 5,000 iterations: five optimizers, 25 values, three seeds.</summary>
    public static string Figure { get; } = Specification(
        "5 optimizers × 25 values × 3 seeds",
        ["sgd-constant", "sgd-decaysqrt", "adagrad-coordinate", "adagrad-norm", "adaloss"],
        seeds: 3, iterations: 5_000, "\"evaluateAtIterations\": [10, 2000],");

    /// <summary>Keeps every core training for longer than the measurements take.</summary>
    public static string Endless { get; } = Specification("Meanwhile", ["adagrad-norm"], seeds: 40, iterations: 100_000, "");

    private static string Specification(string name, string[] optimizers, int seeds, int iterations, string more)
    {
        var values = string.Join(", ", Enumerable.Range(0, 25).Select(i => Math.Pow(10, -2 + (8 * i / 24.0)).ToString("G4", CultureInfo.InvariantCulture)));
        var rows = string.Join(", ", optimizers.Select(o => $$"""{ "id": "{{o}}", "values": [{{values}}], "options": { "eta": 650 } }"""));
        return $$"""
            { "name": {{JsonSerializer.Serialize(name)}}, "workload": "linreg-stochastic", "batchSize": 20, "iterations": {{iterations}}, {{more}}
              "seeds": [{{string.Join(", ", Enumerable.Range(0, seeds))}}], "optimizers": [{{rows}}] }
            """;
    }
}
