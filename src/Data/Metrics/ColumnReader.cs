using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;

namespace Stepsize.Data.Metrics;

/// <summary>Joins the stored stretches of columns, some runs at a time: memory does not grow with how many are asked for.</summary>
internal sealed class ColumnReader(IDbContextFactory<StepsizeContext> contexts) : IColumnReader
{
    /// <summary>Iterations that are read with one query: 16 MiB of numbers.</summary>
    private const long IterationsOfABatch = 4 << 20;

    /// <summary>Runs that are read with one query, however short they are: each is a parameter of the statement, and there is a limit to those.</summary>
    private const int RunsOfABatch = 256;

    public IAsyncEnumerable<StoredColumn> ReadAsync(IReadOnlyList<long> runIds, MetricColumn column, CancellationToken cancellation) =>
        ReadAsync(runIds, column, 1, int.MaxValue, cancellation);

    public async IAsyncEnumerable<StoredColumn> ReadAsync(
        IReadOnlyList<long> runIds, MetricColumn column, int first, int last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var snapshot = await context.Database.BeginReadAsync(cancellation);
        var lengths = new Dictionary<long, int>();
        foreach (var part in runIds.Chunk(RunsOfABatch))
        {
            foreach (var run in await context.Runs.Where(r => part.Contains(r.Id)).Select(r => new { r.Id, r.Iterations }).ToListAsync(cancellation))
            {
                lengths[run.Id] = Math.Max(0, Math.Min(run.Iterations, last) - first + 1);
            }
        }

        foreach (var batch in Batches([.. runIds.Where(lengths.ContainsKey)], lengths))
        {
            foreach (var stored in await ReadBatchAsync(context, batch, lengths, column, first, cancellation))
            {
                yield return stored;
            }
        }
    }

    private static IEnumerable<List<long>> Batches(IReadOnlyList<long> runs, Dictionary<long, int> lengths)
    {
        var batch = new List<long>();
        long iterations = 0;
        foreach (var run in runs)
        {
            if (batch.Count > 0 && (batch.Count == RunsOfABatch || iterations + lengths[run] > IterationsOfABatch))
            {
                yield return batch;
                batch = [];
                iterations = 0;
            }

            batch.Add(run);
            iterations += lengths[run];
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static async Task<IReadOnlyList<StoredColumn>> ReadBatchAsync(
        StepsizeContext context, List<long> batch, Dictionary<long, int> lengths, MetricColumn column, int first, CancellationToken cancellation)
    {
        var values = batch.Distinct().ToDictionary(run => run, run => new float[lengths[run]]);
        var end = first + (long)lengths.Values.DefaultIfEmpty().Max();
        var chunks = context.MetricChunks.Where(c => batch.Contains(c.RunId) && c.FirstIteration + c.Count > first && c.FirstIteration < end).Select(Part(column));
        await foreach (var chunk in chunks.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            Copy(chunk, values[chunk.RunId], first);
        }

        return [.. batch.Select(run => new StoredColumn(run, values[run]))];
    }

    /// <summary>What of a stretch lies in the window.</summary>
    private static void Copy(ColumnPart chunk, float[] window, int first)
    {
        var skip = Math.Max(0, first - chunk.FirstIteration);
        var to = chunk.FirstIteration + skip - first;
        var count = Math.Min((chunk.Values.Length / sizeof(float)) - skip, window.Length - to);
        if (count > 0)
        {
            LittleEndian.ReadSingles(chunk.Values.AsSpan(skip * sizeof(float), count * sizeof(float)), window.AsSpan(to, count));
        }
    }

    private static Expression<Func<MetricChunk, ColumnPart>> Part(MetricColumn column) => column switch
    {
        MetricColumn.Loss => c => new ColumnPart(c.RunId, c.FirstIteration, c.Loss),
        MetricColumn.Accuracy => c => new ColumnPart(c.RunId, c.FirstIteration, c.Accuracy),
        MetricColumn.Stepsize => c => new ColumnPart(c.RunId, c.FirstIteration, c.Stepsize),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "Not a stored column."),
    };

    private sealed record ColumnPart(long RunId, int FirstIteration, byte[] Values);
}
