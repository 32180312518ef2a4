using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Data.Sweeps;

/// <summary>Reads what data sweeps train on from their specifications and the provenance of their runs.</summary>
internal sealed class SweepData(IDbContextFactory<StepsizeContext> contexts) : ISweepData
{
    public async Task<IReadOnlyList<SweepOfTable>> OfTableAsync(string table, CancellationToken cancellation)
    {
        string[] workloads = [.. WorkloadRegistry.All.OfType<TableWorkload>().Select(w => w.Id)];
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var sweeps = await context.Sweeps.AsNoTracking().Where(s => workloads.Contains(s.Workload)).OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.Name, s.Status, s.Specification }).ToListAsync(cancellation);
        return [.. sweeps.Where(s => FileOf(s.Specification) == table).Select(s => new SweepOfTable(s.Id, s.Name, s.Status))];
    }

    public async Task<SweepOrigins?> OriginsAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        if (await context.Sweeps.Where(s => s.Id == sweepId).Select(s => s.Specification).SingleOrDefaultAsync(cancellation) is not { } specification)
        {
            return null;
        }

        var made = await context.Runs.Where(r => r.SweepId == sweepId && r.Provenance != null && r.Status == RunStatus.Finished)
            .Select(r => r.Provenance!).Distinct().ToListAsync(cancellation);
        var data = made.Select(p => JsonSerializer.Deserialize<RunProvenance>(p)!.DataChecksums)
            .DistinctBy(d => string.Join(' ', d.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}")), StringComparer.Ordinal);
        return new SweepOrigins(SpecificationReader.Parse(specification), [.. data]);
    }

    /// <summary>Specifications are stored with every default filled in.</summary>
    private static string? FileOf(string specification) => (string?)JsonNode.Parse(specification)?["workloadOptions"]?["file"];
}
