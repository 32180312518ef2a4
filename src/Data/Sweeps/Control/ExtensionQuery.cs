using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Extension;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>Compares the grid of an extended sweep with that of the sweep as it is.</summary>
internal static class ExtensionQuery
{
    /// <summary>A run of the grid before is there whatever became of it, even if it was deleted: an extension adds, and mends nothing.</summary>
    public static async Task<ExtensionPlan> ReadAsync(StepsizeContext context, long sweepId, SweepExtension extension, CancellationToken cancellation)
    {
        var missing = await MissingQuery.ReadAsync(context, sweepId, cancellation);
        var extended = ExtendedSweep.Of(missing.Specification, extension);
        var before = missing.Specification.Expand().Select(r => r.Hash).ToHashSet(StringComparer.Ordinal);
        GridPoint[] points = [.. GridPoints.Of(extended.Specification)];
        GridPoint[] added = [.. points.Where(p => !before.Contains(p.ConfigurationHash))];
        var cells = extended.Specification.Optimizers.Sum(o => o.Values.Count);
        var twins = await TwinQuery.ReadAsync(context, sweepId, extended.Specification, added, cancellation);
        return new ExtensionPlan
        {
            SweepId = sweepId,
            Specification = extended.Specification,
            IsNewSweep = extended.IsLonger,
            Cells = cells,
            CellsThere = points.Where(p => before.Contains(p.ConfigurationHash)).Select(p => (p.Row, p.AxisValue)).Distinct().Count(),
            Runs = points.Length,
            RunsThere = points.Length - added.Length,
            New = [.. added.Select(p => new PlannedRun(p, twins.GetValueOrDefault(p.ConfigurationHash)))],
            Missing = missing.Runs.Count,
        };
    }
}
