using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;

namespace Stepsize.Training.Robustness;

/// <summary>A value of a row's axis and the first stepsize that it gives.</summary>
public readonly record struct GridValue(double AxisValue, double InitialStepsize);

/// <summary>The axis of one row of a sweep.</summary>
/// <param name="Row">Index into the specification's optimizers.</param>
/// <param name="Values">By axis value.</param>
/// <param name="DefaultStepsize">s₀ that the optimizer has where nobody tunes it; null where it has no default.</param>
public sealed record RowGrid(int Row, IReadOnlyList<GridValue> Values, double? DefaultStepsize = null)
{
    public static RowGrid Of(int row, OptimizerGrid grid) => new(
        row,
        [.. grid.Values.Order().Select(v => new GridValue(v, grid.Optimizer.InitialStepsize(new OptimizerSettings(grid.Axis, v, grid.Options))))],
        grid.Optimizer.DefaultStepsizeOver(grid.Axis));
}
