using Stepsize.Training.Execution;

namespace Stepsize.Torch.Execution;

/// <summary>Which runs are one program: those of one seed that are after the same iteration, as many as there is memory for.</summary>
internal static class RunGroups
{
    /// <summary>Groups in the order of their first runs; within a group, runs of one optimizer and options stand together.</summary>
    /// <param name="most">Runs of a group.</param>
    public static IReadOnlyList<IReadOnlyList<CohortRun>> Of(IEnumerable<CohortRun> runs, int most) =>
    [
        .. runs.GroupBy(run => (run.Configuration.Seed, run.ResumeFrom?.Iteration ?? 0))
            .SelectMany(alike => Cut([.. alike.GroupBy(OptimizerBlock.KindOf).SelectMany(kind => kind)], most)),
    ];

    /// <summary>As few as the size allows, as equal as can be.</summary>
    private static IEnumerable<IReadOnlyList<CohortRun>> Cut(CohortRun[] runs, int most)
    {
        var groups = (runs.Length + most - 1) / most;
        return Enumerable.Range(0, groups).Select(i => runs[(int)((long)runs.Length * i / groups)..(int)((long)runs.Length * (i + 1) / groups)]);
    }
}
