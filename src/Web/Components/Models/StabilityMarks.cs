using Stepsize.Training.Analysis;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Theory;
using Stepsize.Web.Theory;

namespace Stepsize.Web.Components.Models;

/// <summary>Where on the axis of a grid the initial stepsize of each row is 2/L: a constant stepsize beyond it diverges.</summary>
public sealed class StabilityMarks
{
    private readonly Dictionary<int, double> _byRow;
    private readonly RobustnessAxis _axis;

    private StabilityMarks(Dictionary<int, double> byRow, RobustnessAxis axis)
    {
        _byRow = byRow;
        _axis = axis;
    }

    /// <summary>The different values, ascending: one where all rows have the same η.</summary>
    public IReadOnlyList<double> Values => [.. _byRow.Values.Distinct().Order()];

    /// <summary>Such as <c>η/b₀ = 2/L</c>.</summary>
    public string Label => _axis == RobustnessAxis.B0 ? "η/b₀ = 2/L" : "2/L";

    /// <returns>Null where theory knows nothing of the problem.</returns>
    public static StabilityMarks? Of(SweepSpecification sweep, HeatmapGrid grid, TheoryFacts? facts)
    {
        if (facts is null)
        {
            return null;
        }

        var byRow = grid.Rows
            .Where(r => grid.Axis == RobustnessAxis.LearningRate || sweep.Optimizers[r.Row].Options.Values.ContainsKey("eta"))
            .ToDictionary(r => r.Row, r => StabilityLimit.OnAxis(grid.Axis, sweep.Optimizers[r.Row].Options, facts.Smoothness));
        return byRow.Count == 0 ? null : new StabilityMarks(byRow, grid.Axis);
    }

    /// <summary>Whether a row's line runs between a column and the one before it.</summary>
    /// <param name="index">Of the column, from 1.</param>
    public bool IsBefore(int row, IReadOnlyList<double> columns, int index) =>
        index > 0 && _byRow.TryGetValue(row, out var value) && columns[index - 1] < value && value <= columns[index];
}
