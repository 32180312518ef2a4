using Stepsize.Training.Analysis;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Theory;
using Stepsize.Web.Views.Theory;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>One line across a grid: where the initial stepsize of each row is 2/L for some curvature L.</summary>
/// <param name="Label">Such as <c>η/b₀ = 2/L</c>.</param>
/// <param name="IsOfBatches">Whether L is that of mini-batches, which is drawn dashed.</param>
/// <param name="ByRow">Value of the axis by row of the sweep.</param>
public sealed record StabilityLine(string Label, bool IsOfBatches, IReadOnlyDictionary<int, double> ByRow)
{
    /// <summary>The different values, ascending: one where all rows have the same η.</summary>
    public IReadOnlyList<double> Values => [.. ByRow.Values.Distinct().Order()];

    /// <summary>Whether a row's line runs between a column and the one before it.</summary>
    /// <param name="index">Of the column, from 1.</param>
    public bool IsBefore(int row, IReadOnlyList<double> columns, int index) =>
        index > 0 && ByRow.TryGetValue(row, out var value) && columns[index - 1] < value && value <= columns[index];
}

/// <summary>
/// Where on the axis of a grid the initial stepsize is 2/L: gradient descent with a constant stepsize beyond it diverges. Where training goes by
/// mini-batches, which are steeper than the whole, a second line says where their 2/L is.
/// </summary>
public sealed class StabilityMarks
{
    private StabilityMarks(IReadOnlyList<StabilityLine> lines) => Lines = lines;

    /// <summary>That of the whole training set first.</summary>
    public IReadOnlyList<StabilityLine> Lines { get; }

    /// <returns>Null where theory knows nothing of the problem.</returns>
    public static StabilityMarks? Of(SweepSpecification sweep, HeatmapGrid grid, TheoryFacts? facts)
    {
        if (facts is null)
        {
            return null;
        }

        int[] rows =
        [
            .. grid.Rows.Select(r => r.Row)
                .Where(r => grid.Axis == RobustnessAxis.LearningRate || sweep.Optimizers[r].Options.Values.ContainsKey("eta")),
        ];
        var stepsize = grid.Axis == RobustnessAxis.B0 ? "η/b₀ = " : "";
        return rows.Length == 0 ? null : new StabilityMarks(
        [
            Line($"{stepsize}2/L", isOfBatches: false, facts.Smoothness),
            .. facts.Batch is { } batch ? [Line($"{stepsize}2/L of a batch", isOfBatches: true, batch.Mean)] : Array.Empty<StabilityLine>(),
        ]);

        StabilityLine Line(string label, bool isOfBatches, double smoothness) =>
            new(label, isOfBatches, rows.ToDictionary(r => r, r => StabilityLimit.OnAxis(grid.Axis, sweep.Optimizers[r].Options, smoothness)));
    }

    /// <summary>The lines that run between a column and the one before it.</summary>
    public IEnumerable<StabilityLine> Before(int row, IReadOnlyList<double> columns, int index) => Lines.Where(l => l.IsBefore(row, columns, index));
}
