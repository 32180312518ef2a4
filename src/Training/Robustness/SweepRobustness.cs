using Stepsize.Training.Analysis;
using Stepsize.Training.Comparison;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Robustness;

/// <summary>The study of a sweep, be its runs stored or just trained.</summary>
public static class SweepRobustness
{
    /// <param name="grids">Of the sweep, for one measure and moment: all its rows, or those that are shown.</param>
    /// <param name="tolerance">Null for the measure's default.</param>
    public static RobustnessStudy Of(SweepSpecification sweep, IReadOnlyList<HeatmapGrid> grids, Measure measure, Tolerance? tolerance, double floor = 0)
    {
        HeatmapRow[] rows = [.. grids.SelectMany(g => g.Rows)];
        return new RobustnessStudy(
            [.. grids.SelectMany(g => g.Scores())],
            [.. rows.Select(r => RowGrid.Of(r.Row, sweep.Optimizers[r.Row]))],
            measure,
            DivergenceValue.Of(sweep, measure, rows.SelectMany(r => r.Cells)),
            tolerance,
            floor);
    }

    /// <summary>The rounding floor of runs: the largest, where they were computed from different data; 0 where none is recorded.</summary>
    public static double FloorOf(IEnumerable<RunProvenance?> provenances, Measure measure) =>
        provenances.Select(p => p?.RoundingFloors?.GetValueOrDefault(measure.ToString()) ?? 0).DefaultIfEmpty().Max();
}
