namespace Stepsize.Training.Papers.Statistics;

/// <summary>Brings the training accuracies of an axis's runs into the order in which the statistics over learning rates read them.</summary>
internal static class TrainingAccuracies
{
    /// <summary>For each axis value, a number of each seed.</summary>
    /// <param name="whenDiverged">Stands for epochs that a diverged run did not come to, where it came to none.</param>
    public static IReadOnlyList<Dictionary<int, double>> BySeed(
        IReadOnlyList<AxisRuns> axis, RunLength length, double whenDiverged, Func<double[], double> ofRun) =>
    [
        .. axis.Select(a => a.Runs.ToDictionary(
            r => r.Configuration.Seed,
            r =>
            {
                var accuracies = OfRun(r, length);
                return ofRun(accuracies.Length == 0 && r.HasDiverged ? [whenDiverged] : accuracies);
            })),
    ];

    /// <summary>After each whole epoch: evaluations on the way are no epochs.</summary>
    public static double[] OfRun(StoredRun run, RunLength length) =>
        [.. run.Until(length).Where(e => e.Epoch == Math.Floor(e.Epoch)).Select(e => e.Evaluation.TrainAccuracy)];

    /// <summary>Seeds that every axis value has: only these give the whole statistic each.</summary>
    public static IReadOnlyList<int> SharedSeeds(IReadOnlyList<Dictionary<int, double>> byValue) =>
        [.. byValue[0].Keys.Where(seed => byValue.All(v => v.ContainsKey(seed))).Order()];
}
