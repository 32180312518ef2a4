namespace Stepsize.Training.Execution;

/// <summary>Which runs are trained together: those of one seed see the same mini-batches, and can share what it takes to read them.</summary>
internal static class LockstepGroups
{
    /// <summary>What a group shares, in units of what each of its runs takes for itself: about right where widths above 1 are worth anything at all.</summary>
    private const double SharedCost = 1;

    /// <summary>
    /// Groups of runs of one seed that are after the same iteration, in their order. Wide groups share most, but there must be as many as threads: the number
    /// of groups is the one with which the threads should be done first, each taking the same number of them.
    /// </summary>
    /// <param name="width">Most runs of a group.</param>
    public static IReadOnlyList<IReadOnlyList<CohortRun>> Of(IReadOnlyList<CohortRun> runs, int width, int threads)
    {
        var alike = runs.GroupBy(r => (r.Configuration.Seed, r.ResumeFrom?.Iteration ?? 0)).Select(g => g.ToArray()).ToArray();
        var most = alike.Select(a => a.Length).DefaultIfEmpty().Max();
        var sizes = Enumerable.Range(1, Math.Max(1, Math.Min(width, most)));
        var size = sizes.MinBy(s => (Time(alike, s, threads), -s));
        return [.. alike.SelectMany(a => Cut(a, size))];
    }

    /// <summary>Time until the last thread is done, where each takes the next group when it has finished one.</summary>
    private static double Time(CohortRun[][] alike, int size, int threads)
    {
        var busy = new double[threads];
        foreach (var group in alike.SelectMany(a => Cut(a, size)))
        {
            var first = Array.IndexOf(busy, busy.Min());
            busy[first] += SharedCost + group.Count;
        }

        return busy.Max();
    }

    /// <summary>As few groups as the size allows, as equal as can be.</summary>
    private static IEnumerable<IReadOnlyList<CohortRun>> Cut(CohortRun[] runs, int size)
    {
        var groups = (runs.Length + size - 1) / size;
        return Enumerable.Range(0, groups).Select(i => runs[(runs.Length * i / groups)..(runs.Length * (i + 1) / groups)]);
    }
}
