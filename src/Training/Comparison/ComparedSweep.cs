using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Comparison;

/// <summary>A sweep with its runs, at the moment at which it is compared with others.</summary>
public sealed class ComparedSweep
{
    private readonly ILookup<int, MeasuredRun> _runs;

    /// <param name="runs">All of the sweep.</param>
    public ComparedSweep(IReadOnlyList<MeasuredRun> runs)
    {
        Runs = runs;
        _runs = runs.ToLookup(r => r.Row);
    }

    public required long Id { get; init; }

    public required SweepSpecification Specification { get; init; }

    public IReadOnlyList<MeasuredRun> Runs { get; }

    /// <summary>What the runs were computed with, once each.</summary>
    public IReadOnlyList<RunProvenance> Provenance { get; init; } = [];

    /// <summary>Evaluation to take, by iterations made; null for the end of each run.</summary>
    public int? Iteration { get; init; }

    public IReadOnlyList<ComparedTrack> Tracks => [.. Enumerable.Range(0, Specification.Optimizers.Count).Select(row => new ComparedTrack(this, row))];

    internal IEnumerable<Cell> Cells(int row, Measure measure, RunStatistic statistic) =>
        _runs[row].GroupBy(r => r.AxisValue).OrderBy(g => g.Key).Select(g => Cell.Of(row, g.Key, g, measure, Iteration, statistic));
}
