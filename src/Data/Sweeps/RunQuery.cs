using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Metrics;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Sweeps;

/// <summary>The runs of a sweep with their evaluations, in two queries however many there are.</summary>
internal static class RunQuery
{
    public static async Task<IReadOnlyList<RunRow>> ReadAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        var runs = await context.Runs.AsNoTracking().Where(r => r.SweepId == sweepId).OrderBy(r => r.Ordinal).ToListAsync(cancellation);
        var evaluations = await (
            from run in context.Runs
            join evaluation in context.Evaluations.AsNoTracking() on run.Id equals evaluation.RunId
            where run.SweepId == sweepId
            orderby evaluation.RunId, evaluation.Iteration
            select evaluation).ToListAsync(cancellation);
        var byRun = evaluations.ToLookup(e => e.RunId, e => e.ToPoint());

        // Thousands of runs of a sweep have few different provenances.
        var provenances = new Dictionary<string, RunProvenance>(StringComparer.Ordinal);
        return [.. runs.Select(run => ToRow(run, [.. byRun[run.Id]], provenances))];
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

    private static RunProvenance? Provenance(string? json, Dictionary<string, RunProvenance> known)
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
