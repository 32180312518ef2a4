using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>
/// Finds runs of other sweeps whose records can stand for runs to be trained. Equal hashes say that they compute the same; beyond that a record must have
/// been made as those of this sweep are, or a table would mix provenances that training here does not, and hold what this sweep wants to see.
/// </summary>
internal static class TwinQuery
{
    /// <summary>Hashes in one statement; databases bound the number of parameters.</summary>
    private const int Batch = 500;

    /// <param name="sweepId">The sweep that the runs are for.</param>
    /// <returns>By configuration hash.</returns>
    public static async Task<IReadOnlyDictionary<string, TwinRun>> ReadAsync(
        StepsizeContext context, long sweepId, SweepSpecification specification, IReadOnlyList<GridPoint> points, CancellationToken cancellation)
    {
        var twins = new Dictionary<string, TwinRun>(StringComparer.Ordinal);
        var made = await context.Runs.Where(r => r.SweepId == sweepId && r.Provenance != null && r.Status == RunStatus.Finished)
            .Select(r => r.Provenance!).Distinct().ToListAsync(cancellation);

        // Every parameter vector, or what each layer did, is too much to look for; and where nothing was trained here yet, nothing says what a record has to match.
        if (specification.RecordIterates || specification.RecordLayers || made.Count == 0)
        {
            return twins;
        }

        var origins = made.Select(Origin.Of).ToHashSet();
        var schedule = Schedule(specification);
        foreach (var hashes in points.Select(p => p.ConfigurationHash).Chunk(Batch))
        {
            var candidates = await context.Runs.AsNoTracking()
                .Where(r => hashes.Contains(r.ConfigurationHash) && r.SweepId != sweepId)
                .Where(r => r.Outcome == RunOutcome.Finished || r.Outcome == RunOutcome.NoProgress)
                .OrderByDescending(r => r.Id)
                .Select(r => new { r.Id, r.SweepId, r.ConfigurationHash, r.Provenance, Evaluated = r.Evaluations.Select(e => e.Iteration).ToList() })
                .ToListAsync(cancellation);
            foreach (var run in candidates)
            {
                if (run.Provenance is { } provenance && origins.Contains(Origin.Of(provenance)) && schedule.All(run.Evaluated.Contains))
                {
                    twins.TryAdd(run.ConfigurationHash, new TwinRun(run.Id, run.SweepId));
                }
            }
        }

        return twins;
    }

    /// <summary>Iterations at which a run that makes all of them is measured.</summary>
    private static int[] Schedule(SweepSpecification specification)
    {
        var size = specification.Workload.Measure(specification.WorkloadOptions);
        var epoch = specification.IterationsPerEpoch(size);
        return
        [
            .. specification.EvaluateAtEpochs.Select(e => e * epoch).Concat(specification.EvaluateAtIterations)
                .Append(specification.IterationsPerRun(size)).Distinct(),
        ];
    }
}
