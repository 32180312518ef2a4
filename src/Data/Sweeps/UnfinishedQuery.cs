using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Recording;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps;

/// <summary>Runs that still need training, with the checkpoints they go on from.</summary>
internal static class UnfinishedQuery
{
    /// <returns>Null where there is no such sweep, or nothing to train.</returns>
    public static Task<SweepWork?> ReadAsync(StepsizeContext context, long sweepId, CancellationToken cancellation) =>
        ReadAsync(context, sweepId, context.Runs.Where(r => r.SweepId == sweepId), cancellation);

    /// <summary>Of one cohort of the sweep, as long as the claim to it holds.</summary>
    /// <returns>Null where nothing is left to train.</returns>
    public static Task<SweepWork?> ReadAsync(StepsizeContext context, long sweepId, CohortFence claim, CancellationToken cancellation) =>
        ReadAsync(context, sweepId, context.Runs.Where(r => r.CohortId == claim.CohortId && r.Fence == claim.Number), cancellation);

    private static async Task<SweepWork?> ReadAsync(StepsizeContext context, long sweepId, IQueryable<RunEntity> which, CancellationToken cancellation)
    {
        var runs = await which.AsNoTracking()
            .Where(r => r.Status != RunStatus.Finished)
            .OrderBy(r => r.Ordinal)
            .Select(r => new { r.Id, r.Ordinal, r.Checkpoint, r.Provenance })
            .ToListAsync(cancellation);
        if (runs.Count == 0)
        {
            return null;
        }

        var json = await context.Sweeps.Where(s => s.Id == sweepId).Select(s => s.Specification).SingleAsync(cancellation);
        var specification = SpecificationReader.ParseStored(json);
        var grid = specification.Expand().ToArray();
        return new SweepWork(
            specification,
            [
                .. runs.Select(r => new CohortRun(
                    r.Id, grid[r.Ordinal], r.Checkpoint is { } c ? new RunCheckpoint(c.Iteration, c.State, c.Seconds) : null)
                {
                    DataBefore = r.Provenance is { } made ? JsonSerializer.Deserialize<RunProvenance>(made)!.DataChecksums : null,
                }),
            ]);
    }
}
