using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps;

/// <summary>Runs that still need training, with the checkpoints they go on from.</summary>
internal static class UnfinishedQuery
{
    /// <returns>Null where there is no such sweep, or nothing to train.</returns>
    public static async Task<SweepWork?> ReadAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        var runs = await context.Runs.AsNoTracking()
            .Where(r => r.SweepId == sweepId && r.Status != RunStatus.Finished)
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
