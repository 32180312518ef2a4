using Stepsize.Training.Analysis;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Comparison;

/// <summary>One optimizer of one sweep, over its axis.</summary>
/// <param name="Row">Index into the specification's optimizers.</param>
public sealed record ComparedTrack(ComparedSweep Sweep, int Row)
{
    public OptimizerGrid Grid => Sweep.Specification.Optimizers[Row];

    /// <summary>By axis value; values that the sweep has no run for are not there.</summary>
    public IReadOnlyList<Cell> Cells(Measure measure, RunStatistic statistic) => [.. Sweep.Cells(Row, measure, statistic)];

    /// <summary>Whether both are the same optimizer with the same options on the same axis: then their cells are the same configurations where the axis values agree.</summary>
    public bool IsAlignedWith(ComparedTrack other) =>
        Grid.Optimizer.Id == other.Grid.Optimizer.Id && Grid.Axis == other.Grid.Axis && Options == other.Grid.Options.ToJson().ToJsonString();

    private string Options => Grid.Options.ToJson().ToJsonString();
}
