using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Metrics;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Sweeps;

/// <summary>Runs with their evaluations, in two queries however many there are.</summary>
internal static class RunQuery
{
    /// <summary>All runs of a sweep, in the order of the grid.</summary>
    public static async Task<IReadOnlyList<RunRow>> ReadAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        var runs = await ReadAsync(context, context.Runs.Where(r => r.SweepId == sweepId).OrderBy(r => r.Ordinal), cancellation);
        return [.. runs.Select(r => r.Run)];
    }

    /// <param name="wanted">A query of runs in their order, perhaps of a part of them.</param>
    /// <returns>Each run with its place in the grid.</returns>
    public static async Task<IReadOnlyList<(int Ordinal, RunRow Run)>> ReadAsync(
        StepsizeContext context, IQueryable<RunEntity> wanted, CancellationToken cancellation)
    {
        var runs = await wanted.AsNoTracking().ToListAsync(cancellation);
        var evaluations = await (
            from run in wanted
            join evaluation in context.Evaluations.AsNoTracking() on run.Id equals evaluation.RunId
            orderby evaluation.RunId, evaluation.Iteration
            select evaluation).ToListAsync(cancellation);
        var byRun = evaluations.ToLookup(e => e.RunId, e => e.ToPoint());

        // Thousands of runs of a sweep have few different provenances.
        var provenances = new Dictionary<string, RunProvenance>(StringComparer.Ordinal);
        return [.. runs.Select(run => (run.Ordinal, ToRow(run, [.. byRun[run.Id]], provenances)))];
    }

    private static RunRow ToRow(RunEntity run, IReadOnlyList<EvaluationPoint> evaluations, Dictionary<string, RunProvenance> provenances) => new()
    {
        Id = run.Id,
        Row = run.Row,
        AxisValue = run.AxisValue,
        Seed = run.Seed,
        ConfigurationHash = run.ConfigurationHash,
        Status = run.Status,
        Outcome = run.Outcome,
        FirstBadIteration = run.FirstBadIteration,
        Iterations = run.Iterations,
        IterationsPlanned = run.IterationsPlanned,
        Seconds = run.Seconds,
        Error = run.Error,
        Provenance = Provenance(run.Provenance, provenances),
        FinalParameters = run.FinalParameters is { } bytes ? LittleEndian.ReadDoubles(bytes) : null,
        Evaluations = evaluations,
    };

    /// <param name="known">Those read so far: most runs of a sweep have the same.</param>
    internal static RunProvenance? Provenance(string? json, Dictionary<string, RunProvenance> known)
    {
        if (json is null)
        {
            return null;
        }

        if (!known.TryGetValue(json, out var provenance))
        {
            provenance = JsonSerializer.Deserialize<RunProvenance>(json)!;
            known.Add(json, provenance);
        }

        return provenance;
    }
}
