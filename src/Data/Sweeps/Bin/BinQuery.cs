using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps.Bin;

/// <summary>Reads what is in the bin.</summary>
internal static class BinQuery
{
    /// <param name="sweepId">One sweep, or null for all.</param>
    public static async Task<IReadOnlyList<BinnedSweep>> SweepsAsync(StepsizeContext context, long? sweepId, CancellationToken cancellation)
    {
        var rows = await context.Sweeps.IgnoreQueryFilters()
            .Where(s => s.DeletedAt != null && (sweepId == null || s.Id == sweepId))
            .OrderByDescending(s => s.DeletedAt).ThenByDescending(s => s.Id)
            .Select(s => new { s.Id, s.Name, s.Workload, s.Status, DeletedAt = s.DeletedAt!.Value, Runs = s.Runs.Count(r => r.DeletedAt == null) })
            .ToListAsync(cancellation);
        return [.. rows.Select(s => new BinnedSweep(s.Id, s.Name, s.Workload, s.Status, s.Runs, s.DeletedAt, s.DeletedAt + BinPeriod.Length))];
    }

    /// <param name="runId">One run, or null for all.</param>
    public static async Task<IReadOnlyList<BinnedRun>> RunsAsync(StepsizeContext context, long? sweepId, long? runId, CancellationToken cancellation)
    {
        var rows = await context.Runs.IgnoreQueryFilters()
            .Where(r => r.DeletedAt != null && r.Sweep!.DeletedAt == null)
            .Where(r => (sweepId == null || r.SweepId == sweepId) && (runId == null || r.Id == runId))
            .OrderByDescending(r => r.DeletedAt).ThenByDescending(r => r.Id)
            .Select(r => new { r.Id, r.SweepId, r.Sweep!.Name, r.Row, r.AxisValue, r.Seed, r.Outcome, r.Iterations, DeletedAt = r.DeletedAt!.Value })
            .ToListAsync(cancellation);
        var ids = rows.Select(r => r.SweepId).Distinct().ToArray();
        var sweeps = await context.Sweeps.Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.Specification }).ToListAsync(cancellation);
        var optimizers = sweeps.ToDictionary(s => s.Id, s => SpecificationReader.ParseStored(s.Specification).Optimizers);
        return
        [
            .. rows.Select(r => new BinnedRun(
                r.Id, r.SweepId, r.Name, optimizers[r.SweepId][r.Row].Optimizer.Id, r.AxisValue, r.Seed, r.Outcome, r.Iterations, r.DeletedAt,
                r.DeletedAt + BinPeriod.Length)),
        ];
    }
}
