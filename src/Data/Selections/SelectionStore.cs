using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Selections;

/// <summary>Selections in the database. A name is the beginning of a digest of the runs, so that it is found without being asked for.</summary>
internal sealed class SelectionStore(IDbContextFactory<StepsizeContext> contexts, TimeProvider time) : ISelectionStore
{
    /// <summary>Letters of a name, five bits each: a million selections share one by a chance of one in two thousand, and then one gets a longer name.</summary>
    private const int Length = 10;

    private const int RunsOfAQuery = 256;

    /// <summary>Without letters that look alike.</summary>
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public async Task<string> SaveAsync(RunSelection selection, CancellationToken cancellation)
    {
        var runs = selection.ToString();
        var name = Name(runs);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        for (var length = Length; ; length++)
        {
            var id = name[..length];
            var stored = await context.Selections.AsNoTracking().Where(s => s.Id == id).Select(s => s.Runs).SingleOrDefaultAsync(cancellation);
            if (stored == runs)
            {
                return id;
            }

            if (stored is null && await AddAsync(context, id, runs, cancellation))
            {
                return id;
            }
        }
    }

    public async Task<RunSelection?> FindAsync(string id, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var runs = await context.Selections.AsNoTracking().Where(s => s.Id == id).Select(s => s.Runs).SingleOrDefaultAsync(cancellation);
        return runs is null ? null : RunSelection.Parse(runs);
    }

    public async Task<RunSelection?> OfSweepAsync(long sweepId, int? row, double? axisValue, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var runs = await context.Runs
            .Where(r => r.SweepId == sweepId && (row == null || r.Row == row) && (axisValue == null || r.AxisValue == axisValue))
            .Select(r => r.Id)
            .ToListAsync(cancellation);
        return runs.Count == 0 ? null : RunSelection.Of(runs);
    }

    public async Task<IReadOnlyList<SelectedSweep>> ReadAsync(RunSelection selection, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var snapshot = await context.Database.BeginReadAsync(cancellation);
        var found = new List<(long Sweep, int Ordinal, SelectedRun Run)>();
        var provenances = new Dictionary<string, RunProvenance>(StringComparer.Ordinal);
        foreach (var part in selection.Runs.Chunk(RunsOfAQuery))
        {
            var rows = await context.Runs.AsNoTracking().Where(r => part.Contains(r.Id))
                .Select(r => new { r.Id, r.SweepId, r.Ordinal, r.Row, r.AxisValue, r.Seed, r.Status, r.Outcome, r.FirstBadIteration, r.Iterations, r.IterationsPlanned, r.Provenance })
                .ToListAsync(cancellation);
            found.AddRange(rows.Select(r => (r.SweepId, r.Ordinal, new SelectedRun
            {
                Id = r.Id,
                Row = r.Row,
                AxisValue = r.AxisValue,
                Seed = r.Seed,
                Status = r.Status,
                Outcome = r.Outcome,
                FirstBadIteration = r.FirstBadIteration,
                Iterations = r.Iterations,
                IterationsPlanned = r.IterationsPlanned,
                Provenance = RunQuery.Provenance(r.Provenance, provenances),
            })));
        }

        long[] ids = [.. found.Select(f => f.Sweep).Distinct()];
        var sweeps = await context.Sweeps.AsNoTracking().Where(s => ids.Contains(s.Id)).OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.Name, s.Specification }).ToListAsync(cancellation);
        var bySweep = found.ToLookup(f => f.Sweep);
        return
        [
            .. sweeps.Select(s => new SelectedSweep(
                s.Id, s.Name, SpecificationReader.ParseStored(s.Specification), [.. bySweep[s.Id].OrderBy(f => f.Ordinal).Select(f => f.Run)])),
        ];
    }

    /// <returns>False where somebody else took the name meanwhile.</returns>
    private async Task<bool> AddAsync(StepsizeContext context, string id, string runs, CancellationToken cancellation)
    {
        context.Selections.Add(new SelectionEntity { Id = id, Runs = runs, CreatedAt = time.GetUtcNow() });
        try
        {
            await context.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException)
        {
            context.ChangeTracker.Clear();
            return await context.Selections.AsNoTracking().AnyAsync(s => s.Id == id && s.Runs == runs, cancellation);
        }
    }

    private static string Name(string runs) =>
        string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(runs)).Select(b => Alphabet[b % Alphabet.Length]));
}
