using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>Keeps in memory what the runs of a sweep produce, except for the per-iteration columns.</summary>
internal sealed class RunCollector : IRunRecorder
{
    private readonly Dictionary<string, CollectedRun> _byHash;
    private int _ended;

    public RunCollector(SweepSpecification sweep)
    {
        Sweep = sweep;
        var rows = sweep.Optimizers.SelectMany((grid, row) => grid.Values.Select(_ => row)).ToArray();
        Runs = [.. sweep.Expand().Select((configuration, i) => new CollectedRun(rows[i % rows.Length], configuration))];
        _byHash = Runs.ToDictionary(r => r.Configuration.Hash, StringComparer.Ordinal);
    }

    public SweepSpecification Sweep { get; }

    /// <summary>In the order of the grid.</summary>
    public IReadOnlyList<CollectedRun> Runs { get; }

    public int Ended => Volatile.Read(ref _ended);

    /// <summary>Called from the run's thread when it has ended.</summary>
    public Action<CollectedRun>? RunEnded { get; set; }

    public void Started(CohortRun run, RunProvenance provenance) => Of(run).Provenance = provenance;

    public void Record(CohortRun run, RunSegment segment)
    {
        var collected = Of(run);
        collected.Evaluations.AddRange(segment.Evaluations);
        if (segment.Iterates is { } iterates)
        {
            collected.Iterates.AddRange(iterates);
        }

        collected.Iterations = segment.FirstIteration - 1 + segment.Count;
        if (segment.Result is { } result)
        {
            collected.Result = result;
            Interlocked.Increment(ref _ended);
            RunEnded?.Invoke(collected);
        }
    }

    private CollectedRun Of(CohortRun run) => _byHash[run.Configuration.Hash];
}
