using System.Globalization;
using System.Text.Json.Nodes;

namespace Stepsize.Engine.Benchmarks;

/// <summary>Medians of one case.</summary>
/// <param name="Ours">Iterations of one run per second, all runs added up.</param>
/// <param name="Peer">The same of the peer; null where there is none.</param>
/// <param name="Ratio">Median of the ratios of neighbouring measurements, which a noisy machine disturbs less than the ratio of medians.</param>
internal sealed record BenchmarkResult(
    BenchmarkCase Case, int Cores, double Ours, double? Peer, double? Ratio, double PeakGigaflops, double AllocatedBytes, long WorkingSetBytes)
{
    public const string Header =
        "workload            ours it/s  peer it/s   ratio  asked   GFLOP/s a core  of peak   working set  alloc/iteration";

    /// <summary>As if every product were dense: where zeros are skipped it may pass the peak.</summary>
    public double Gigaflops => 2.0 * Case.MultiplyAdds * Ours / Cores / 1e9;

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public string ToRow() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Case.Workload,-18} {Ours,10:N1} {(Peer is null ? "–" : Peer.Value.ToString("N1", CultureInfo.InvariantCulture)),10} {(Ratio is null ? "–" : Ratio.Value.ToString("F1", CultureInfo.InvariantCulture) + "×"),7} {Case.TargetRatio,5:F1}× {Gigaflops,16:F1} {Gigaflops / PeakGigaflops,8:P0} {WorkingSetBytes / 1048576.0,9:F0} MiB {AllocatedBytes,14:F0} B");

    public JsonObject ToJson() => new()
    {
        ["workload"] = Case.Workload,
        ["batchSize"] = Case.BatchSize,
        ["cores"] = Cores,
        ["iterationsPerSecond"] = Ours,
        ["peerIterationsPerSecond"] = Peer,
        ["ratio"] = Ratio,
        ["askedRatio"] = Case.TargetRatio,
        ["gigaflopsPerCore"] = Gigaflops,
        ["peakGigaflopsPerCore"] = PeakGigaflops,
        ["workingSetBytes"] = WorkingSetBytes,
        ["allocatedBytesPerIteration"] = AllocatedBytes,
    };
}
