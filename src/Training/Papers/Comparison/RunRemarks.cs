using Stepsize.Training.Execution;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>What must be said of the runs behind a number beside their protocol: that they mix engines or data, or that an earlier engine made them.</summary>
public static class RunRemarks
{
    /// <returns>Texts that can stand in a list; none where there is nothing to say.</returns>
    /// <param name="runs">What each run was computed with; null where that was not recorded.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<RunProvenance?> runs)
    {
        RunProvenance[] made = [.. runs.OfType<RunProvenance>()];
        string[] engines = [.. made.Select(p => p.Engine).Distinct().Order(StringComparer.Ordinal)];
        string[] earlier = [.. made.Where(IsEarlier).Select(p => p.Engine).Distinct().Order(StringComparer.Ordinal)];
        var remarks = new List<string>();
        if (engines.Length > 1)
        {
            remarks.Add($"runs of different engines are mixed: {string.Join(", ", engines)}");
        }

        if (earlier.Length > 0)
        {
            remarks.Add($"{Some(made.Count(IsEarlier))}made by an earlier engine: {string.Join(", ", earlier)} (this program's is {CpuExecutor.Engine})");
        }

        if (made.Count(IsOldRule) is > 0 and var old)
        {
            remarks.Add($"{Some(old)}stored by an earlier version, the outcome judged anew from the losses that it kept");
        }

        remarks.AddRange(
            from data in made.SelectMany(p => p.DataChecksums).GroupBy(pair => pair.Key, pair => pair.Value)
            let versions = data.Distinct().Count()
            where versions > 1
            orderby data.Key
            select $"runs on different data are mixed: {versions} versions of {data.Key}");
        return remarks;

        string Some(int count) => count == runs.Count ? "" : $"{count} of {runs.Count} runs ";
    }

    /// <summary>Earlier versions recorded no rounding floors, and had another rule of outcomes, for which they kept less.</summary>
    private static bool IsOldRule(RunProvenance made) => made.RoundingFloors is null;

    private static bool IsEarlier(RunProvenance made) => EngineVersion.IsEarlier(made.Engine, CpuExecutor.Engine);
}
