using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;

namespace Stepsize.Data.Metrics;

/// <summary>Reads stored stretches a few at a time.</summary>
internal sealed class MetricReader(IDbContextFactory<StepsizeContext> contexts) : IMetricReader
{
    /// <summary>Stretches of one query. Each holds about a second of training.</summary>
    private const int AtOnce = 4;

    public async IAsyncEnumerable<MetricBlock> StreamAsync(
        long runId, int? first, int? last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var next = Math.Max(1, first ?? 1);
        var end = last ?? int.MaxValue;
        while (next <= end)
        {
            var chunks = await ReadAsync(runId, next, end, cancellation);
            foreach (var chunk in chunks)
            {
                yield return Part(chunk, next, end);
            }

            if (chunks.Count < AtOnce)
            {
                yield break;
            }

            next = chunks[^1].FirstIteration + chunks[^1].Count;
        }
    }

    private async Task<List<MetricChunk>> ReadAsync(long runId, int first, int last, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.MetricChunks.AsNoTracking()
            .Where(c => c.RunId == runId && context.Runs.Any(r => r.Id == runId) && c.FirstIteration <= last && c.FirstIteration + c.Count > first)
            .OrderBy(c => c.FirstIteration)
            .Take(AtOnce)
            .ToListAsync(cancellation);
    }

    private static MetricBlock Part(MetricChunk chunk, int first, int last)
    {
        var skip = Math.Max(0, first - chunk.FirstIteration);
        var count = (int)Math.Min(chunk.Count, (long)last - chunk.FirstIteration + 1) - skip;
        return new MetricBlock(chunk.FirstIteration + skip, Column(chunk.Loss), Column(chunk.Accuracy), Column(chunk.Stepsize));

        ReadOnlyMemory<float> Column(byte[] bytes) => LittleEndian.ReadSingles(bytes).AsMemory(skip, count);
    }
}
