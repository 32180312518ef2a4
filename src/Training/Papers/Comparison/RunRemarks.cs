using Stepsize.Training.Execution;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>What must be said of the runs behind a number beside their protocol: that they mix engines or data, or that an earlier engine made them.</summary>
internal static class RunRemarks
{
    /// <returns>Texts that can stand in a list; none where there is nothing to say.</returns>
    public static IReadOnlyList<string> Of(IReadOnlyList<StoredRun> runs)
    {
        RunProvenance[] made = [.. runs.Select(r => r.Provenance).OfType<RunProvenance>()];
        string[] engines = [.. made.Select(p => p.Engine).Distinct().Order(StringComparer.Ordinal)];
        string[] earlier = [.. made.Where(IsEarlier).Select(p => p.Engine).Distinct().Order(StringComparer.Ordinal)];
        var remarks = new List<string>();
        if (engines.Length > 1)
        {
            remarks.Add($"runs of different engines are mixed: {string.Join(", ", engines)}");
        }

        if (earlier.Length > 0)
        {
            var count = made.Count(IsEarlier);
            remarks.Add($"{(count == runs.Count ? "made" : $"{count} of {runs.Count} runs made")} by an earlier engine: {string.Join(", ", earlier)} (this program's is {CpuExecutor.Engine})");
        }

        remarks.AddRange(
            from data in made.SelectMany(p => p.DataChecksums).GroupBy(pair => pair.Key, pair => pair.Value)
            let versions = data.Distinct().Count()
            where versions > 1
            orderby data.Key
            select $"runs on different data are mixed: {versions} versions of {data.Key}");
        return remarks;
    }

    private static bool IsEarlier(RunProvenance made) => EngineVersion.IsEarlier(made.Engine, CpuExecutor.Engine);
}
