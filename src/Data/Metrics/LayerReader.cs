using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Metrics;

/// <summary>Streams the stored stretches of layers, each measure alone, through an <see cref="Envelope"/> a layer.</summary>
internal sealed class LayerReader(IDbContextFactory<StepsizeContext> contexts) : ILayerReader
{
    private const int FewestPoints = 4;
    private const int MostPoints = 100_000;

    public async Task<IReadOnlyList<LayerCurve>> ReadAsync(long runId, LayerMeasure measure, int? first, int? last, int points, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, FewestPoints);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points, MostPoints);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var snapshot = await context.Database.BeginReadAsync(cancellation);
        var total = await context.Runs.Where(r => r.Id == runId).Select(r => (int?)r.Iterations).SingleOrDefaultAsync(cancellation) ?? 0;
        var (names, envelopes) = (Array.Empty<string>(), Array.Empty<Envelope>());

        // The whole run, not the window alone: the first value that is not finite may be anywhere.
        var chunks = context.LayerChunks.Where(c => c.RunId == runId && total > 0).OrderBy(c => c.FirstIteration).Select(Part(measure));
        await foreach (var chunk in chunks.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (names.Length == 0)
            {
                names = LayerNames.Read(chunk.Names);
                envelopes = [.. names.Select(_ => new Envelope(Math.Max(1, first ?? 1), Math.Min(total, last ?? int.MaxValue), points))];
            }

            var values = chunk.Values();
            for (var layer = 0; layer < envelopes.Length; layer++)
            {
                envelopes[layer].Add(chunk.FirstIteration, values.AsSpan(layer * chunk.Count, chunk.Count));
            }
        }

        return [.. names.Select((name, layer) => new LayerCurve(name, envelopes[layer].ToCurve(total)))];
    }

    public async IAsyncEnumerable<LayerBlock> StreamAsync(long runId, int? first, int? last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var next = Math.Max(1, first ?? 1);
        var end = last ?? int.MaxValue;
        while (next <= end && await NextAsync(runId, next, end, cancellation) is { } chunk)
        {
            var skip = Math.Max(0, next - chunk.FirstIteration);
            var count = (int)Math.Min(chunk.Count, (long)end - chunk.FirstIteration + 1) - skip;
            yield return new LayerBlock(
                chunk.FirstIteration + skip, skip, count,
                new LayerColumns(
                    LayerNames.Read(chunk.Names), LittleEndian.ReadSingles(chunk.Gradient), LittleEndian.ReadSingles(chunk.Update), LittleEndian.ReadSingles(chunk.Stepsize)));
            next = chunk.FirstIteration + chunk.Count;
        }
    }

    private async Task<LayerChunk?> NextAsync(long runId, int first, int last, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await context.LayerChunks.AsNoTracking()
            .Where(c => c.RunId == runId && context.Runs.Any(r => r.Id == runId) && c.FirstIteration <= last && c.FirstIteration + c.Count > first)
            .OrderBy(c => c.FirstIteration)
            .FirstOrDefaultAsync(cancellation);
    }

    private static Expression<Func<LayerChunk, LayerPart>> Part(LayerMeasure measure) => measure switch
    {
        LayerMeasure.Gradient => c => new LayerPart(c.FirstIteration, c.Count, c.Names, c.Gradient, null),
        LayerMeasure.Update => c => new LayerPart(c.FirstIteration, c.Count, c.Names, c.Update, null),
        LayerMeasure.Rate => c => new LayerPart(c.FirstIteration, c.Count, c.Names, c.Update, c.Gradient),
        LayerMeasure.Stepsize => c => new LayerPart(c.FirstIteration, c.Count, c.Names, c.Stepsize, null),
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "Not a measure of layers."),
    };

    /// <param name="Divisor">What the numerator is divided by; null for 1.</param>
    private sealed record LayerPart(int FirstIteration, int Count, string Names, byte[] Numerator, byte[]? Divisor)
    {
        public float[] Values()
        {
            var values = LittleEndian.ReadSingles(Numerator);
            if (Divisor is not null)
            {
                System.Numerics.Tensors.TensorPrimitives.Divide(values, LittleEndian.ReadSingles(Divisor), values);
            }

            return values;
        }
    }
}
