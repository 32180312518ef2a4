namespace Stepsize.Data.Workers;

/// <summary>
/// Cuts the runs of a sweep into cohorts: small enough that many workers share a large sweep, large enough that claiming, reading data and checkpoints do not
/// count. Runs of one seed, which see the same mini-batches, stay together where they can.
/// </summary>
internal static class CohortCut
{
    /// <summary>Of one thread, in seconds: two minutes for a processor with eight cores, eight for one with two.</summary>
    private const double Most = 960;

    /// <summary>Less than this, in seconds of one thread, is not worth another worker's reading of the data.</summary>
    private const double Least = 10;

    /// <summary>Cohorts for each worker, so that those who are faster take more.</summary>
    private const int PerWorker = 2;

    /// <summary>Runs that one cohort has where its seed has as many: fewer would leave cores idle.</summary>
    private const int FewestRuns = 4;

    /// <param name="runs">Keys and seeds, in the order of the grid: seed by seed.</param>
    /// <param name="secondsPerRun">Of one thread.</param>
    /// <param name="workers">That live now, and are to share them.</param>
    public static IReadOnlyList<IReadOnlyList<long>> Cut(IReadOnlyList<(long Run, int Seed)> runs, double secondsPerRun, int workers)
    {
        var target = Math.Clamp(runs.Count * secondsPerRun / (PerWorker * Math.Max(1, workers)), Least, Most);
        var most = (int)Math.Clamp(target / Math.Max(secondsPerRun, 1e-9), FewestRuns, int.MaxValue / 2);
        var cohorts = new List<IReadOnlyList<long>>();
        var open = new List<long>();
        foreach (var seed in runs.GroupBy(r => r.Seed))
        {
            var block = seed.Select(r => r.Run).ToArray();
            if (open.Count > 0 && open.Count + block.Length > most)
            {
                Close();
            }

            // Of equal size, rather than many full ones and one that is nearly empty.
            var pieces = (block.Length + most - 1) / most;
            for (var piece = 0; piece < pieces; piece++)
            {
                open.AddRange(block[(piece * block.Length / pieces)..((piece + 1) * block.Length / pieces)]);
                if (pieces > 1)
                {
                    Close();
                }
            }
        }

        Close();
        return cohorts;

        void Close()
        {
            if (open.Count > 0)
            {
                cohorts.Add([.. open]);
                open.Clear();
            }
        }
    }
}
