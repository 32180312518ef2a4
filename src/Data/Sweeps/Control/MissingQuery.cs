using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>Compares a sweep's grid with its stored runs, by configuration hash.</summary>
internal static class MissingQuery
{
    public static async Task<MissingRuns> ReadAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        var sweep = await context.Sweeps.Where(s => s.Id == sweepId).Select(s => new { s.Specification, s.Status }).SingleAsync(cancellation);
        var specification = SpecificationReader.ParseStored(sweep.Specification);
        var stored = await context.Runs.Where(r => r.SweepId == sweepId)
            .Select(r => new Stored(r.Id, r.ConfigurationHash, r.Status, r.Outcome, r.Iterations, r.Error)).ToListAsync(cancellation);
        var byHash = stored.ToDictionary(r => r.Hash, StringComparer.Ordinal);
        return new MissingRuns
        {
            SweepId = sweepId,
            Status = sweep.Status,
            Specification = specification,
            Runs = [.. GridPoints.Of(specification).Select(p => Missing(p, byHash.GetValueOrDefault(p.ConfigurationHash))).OfType<MissingRun>()],
            WithResult = stored.Count(r => r.Outcome is not (null or RunOutcome.Failed or RunOutcome.CutShort)),
            Unfinished = stored.Count(r => r.Status != RunStatus.Finished),
        };
    }

    /// <summary>Null where the run has a result or is on its way to one.</summary>
    private static MissingRun? Missing(GridPoint point, Stored? run)
    {
        MissingReason? reason = run switch
        {
            null => MissingReason.Deleted,
            { Outcome: RunOutcome.Failed } => MissingReason.Failed,
            { Outcome: RunOutcome.CutShort, Iterations: 0 } => MissingReason.NeverStarted,
            { Outcome: RunOutcome.CutShort } => MissingReason.Cancelled,
            _ => null,
        };
        return reason is null ? null : new MissingRun { Point = point, Reason = reason.Value, RunId = run?.Id, Iterations = run?.Iterations ?? 0, Error = run?.Error };
    }

    private sealed record Stored(long Id, string Hash, RunStatus Status, RunOutcome? Outcome, int Iterations, string? Error);
}
