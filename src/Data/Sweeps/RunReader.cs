using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Data.Sweeps;

/// <summary>Queries behind <see cref="IRunReader"/>.</summary>
internal sealed class RunReader(IDbContextFactory<StepsizeContext> contexts, TimeProvider time) : IRunReader
{
    /// <summary>Runs of one piece of a stream: large enough that queries do not count, small enough for memory.</summary>
    private const int Piece = 500;

    public async Task<SweepHead?> FindSweepAsync(long sweepId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var snapshot = await context.Database.BeginReadAsync(cancellation);
        return await HeadAsync(context, sweepId, cancellation);
    }

    public async Task<RunOfSweep?> FindRunAsync(long runId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var snapshot = await context.Database.BeginReadAsync(cancellation);
        var sweepId = await context.Runs.Where(r => r.Id == runId).Select(r => (long?)r.SweepId).SingleOrDefaultAsync(cancellation);
        if (sweepId is null || await HeadAsync(context, sweepId.Value, cancellation) is not { } head)
        {
            return null;
        }

        var runs = await RunQuery.ReadAsync(context, context.Runs.Where(r => r.Id == runId), cancellation);
        return new RunOfSweep(head, runs[0].Run);
    }

    public async Task<RunPage> ReadPageAsync(long sweepId, RunFilter filter, int offset, int limit, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var snapshot = await context.Database.BeginReadAsync(cancellation);
        var wanted = filter.Of(context.Runs.Where(r => r.SweepId == sweepId));
        var total = await wanted.CountAsync(cancellation);
        var runs = await RunQuery.ReadAsync(context, wanted.OrderBy(r => r.Ordinal).Skip(offset).Take(limit), cancellation);
        return new RunPage(total, [.. runs.Select(r => r.Run)]);
    }

    public async IAsyncEnumerable<RunRow> StreamAsync(long sweepId, RunFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = -1;
        while (true)
        {
            var piece = await PieceAsync(sweepId, filter, last, cancellation);
            foreach (var (_, run) in piece)
            {
                yield return run;
            }

            if (piece.Count < Piece)
            {
                yield break;
            }

            last = piece[^1].Ordinal;
        }
    }

    public async IAsyncEnumerable<RunOfSweep> StreamAsync(IReadOnlyList<long> runIds, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var ids in runIds.Chunk(Piece))
        {
            foreach (var run in await ReadAsync(ids, cancellation))
            {
                yield return run;
            }
        }
    }

    public async Task<IReadOnlyList<long>> FindMissingAsync(IReadOnlyList<long> runIds, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var missing = new List<long>();
        foreach (var ids in runIds.Chunk(Piece))
        {
            var found = await context.Runs.Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(cancellation);
            missing.AddRange(ids.Except(found));
        }

        return missing;
    }

    private async Task<IReadOnlyList<RunOfSweep>> ReadAsync(long[] ids, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var snapshot = await context.Database.BeginReadAsync(cancellation);
        var sweepOf = await context.Runs.Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.SweepId }).ToDictionaryAsync(r => r.Id, r => r.SweepId, cancellation);
        var heads = new Dictionary<long, SweepHead>();
        foreach (var sweepId in sweepOf.Values.Distinct())
        {
            if (await HeadAsync(context, sweepId, cancellation) is { } head)
            {
                heads.Add(sweepId, head);
            }
        }

        var runs = await RunQuery.ReadAsync(context, context.Runs.Where(r => ids.Contains(r.Id)), cancellation);
        var byId = runs.ToDictionary(r => r.Run.Id, r => r.Run);
        return [.. ids.Where(id => byId.ContainsKey(id) && heads.ContainsKey(sweepOf[id])).Select(id => new RunOfSweep(heads[sweepOf[id]], byId[id]))];
    }

    private async Task<IReadOnlyList<(int Ordinal, RunRow Run)>> PieceAsync(long sweepId, RunFilter filter, int after, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var snapshot = await context.Database.BeginReadAsync(cancellation);
        var wanted = filter.Of(context.Runs.Where(r => r.SweepId == sweepId && r.Ordinal > after));
        return await RunQuery.ReadAsync(context, wanted.OrderBy(r => r.Ordinal).Take(Piece), cancellation);
    }

    private async Task<SweepHead?> HeadAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        var summaries = await SummaryQuery.ReadAsync(context, sweepId, time.GetUtcNow(), cancellation);
        if (summaries.Count == 0)
        {
            return null;
        }

        var specification = await context.Sweeps.Where(s => s.Id == sweepId).Select(s => s.Specification).SingleAsync(cancellation);
        return new SweepHead(summaries[0], SpecificationReader.ParseStored(specification), await MeasuresAsync(context, sweepId, cancellation));
    }

    private static async Task<IReadOnlyList<Measure>> MeasuresAsync(StepsizeContext context, long sweepId, CancellationToken cancellation)
    {
        var evaluations = from run in context.Runs
                          join evaluation in context.Evaluations on run.Id equals evaluation.RunId
                          where run.SweepId == sweepId
                          select evaluation;
        var found = new List<Measure>();
        foreach (var measure in Enum.GetValues<Measure>())
        {
            // Ends at the first evaluation that has it, which mostly is the first there is.
            var isThere = measure switch
            {
                Measure.TestAccuracy => evaluations.AnyAsync(e => e.TestAccuracy != null, cancellation),
                Measure.TrainAccuracy => evaluations.AnyAsync(e => e.TrainAccuracy != null, cancellation),
                Measure.TestTopFiveAccuracy => evaluations.AnyAsync(e => e.TestTopFiveAccuracy != null, cancellation),
                Measure.TestLoss => evaluations.AnyAsync(e => e.TestLoss != null, cancellation),
                Measure.TrainLoss => evaluations.AnyAsync(e => e.TrainLoss != null, cancellation),
                Measure.GradientNorm => evaluations.AnyAsync(e => e.GradientNorm != null, cancellation),
                _ => throw new InvalidOperationException($"{measure} is not stored."),
            };
            if (await isThere)
            {
                found.Add(measure);
            }
        }

        return found;
    }
}
