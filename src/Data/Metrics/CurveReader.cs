using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;

namespace Stepsize.Data.Metrics;

/// <summary>Streams the stored stretches of one column through an <see cref="Envelope"/>.</summary>
internal sealed class CurveReader(IDbContextFactory<StepsizeContext> contexts) : ICurveReader
{
    private const int FewestPoints = 4;
    private const int MostPoints = 100_000;

    public async Task<Curve?> ReadAsync(long runId, MetricColumn column, int? first, int? last, int points, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, FewestPoints);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points, MostPoints);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var snapshot = await context.Database.BeginReadAsync(cancellation);
        var total = await context.Runs.Where(r => r.Id == runId).Select(r => (int?)r.Iterations).SingleOrDefaultAsync(cancellation);
        if (total is null)
        {
            return null;
        }

        var envelope = new Envelope(Math.Max(1, first ?? 1), Math.Min(total.Value, last ?? int.MaxValue), points);

        // The whole run, not the window alone: the first value that is not finite may be anywhere.
        var chunks = context.MetricChunks.Where(c => c.RunId == runId).OrderBy(c => c.FirstIteration).Select(Part(column));
        await foreach (var chunk in chunks.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            envelope.Add(chunk.FirstIteration, LittleEndian.ReadSingles(chunk.Values));
        }

        return envelope.ToCurve(total.Value);
    }

    private static Expression<Func<MetricChunk, ColumnPart>> Part(MetricColumn column) => column switch
    {
        MetricColumn.Loss => c => new ColumnPart(c.FirstIteration, c.Loss),
        MetricColumn.Accuracy => c => new ColumnPart(c.FirstIteration, c.Accuracy),
        MetricColumn.Stepsize => c => new ColumnPart(c.FirstIteration, c.Stepsize),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "Not a stored column."),
    };

    private sealed record ColumnPart(int FirstIteration, byte[] Values);
}
