using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>The points of a sweep's grid in their order.</summary>
internal static class GridPoints
{
    public static IEnumerable<GridPoint> Of(SweepSpecification specification)
    {
        var rows = specification.Optimizers.SelectMany((grid, index) => Enumerable.Repeat(index, grid.Values.Count)).ToArray();
        return specification.Expand()
            .Select((run, ordinal) => new GridPoint(ordinal, rows[ordinal % rows.Length], run.AxisValue, run.Seed, run.Hash));
    }
}
