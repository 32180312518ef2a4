using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;

namespace Stepsize.Data.Metrics;

/// <summary>Joins the stored stretches of parameter vectors.</summary>
internal sealed class IterateReader(IDbContextFactory<StepsizeContext> contexts) : IIterateReader
{
    public async Task<Trajectory?> ReadAsync(long runId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var chunks = await context.IterateChunks.AsNoTracking()
            .Where(c => c.RunId == runId && context.Runs.Any(r => r.Id == runId)).OrderBy(c => c.FirstIteration).ToListAsync(cancellation);
        if (chunks.Count == 0)
        {
            return null;
        }

        var dimension = chunks[0].Values.Length / sizeof(double) / chunks[0].Count;
        return new Trajectory(dimension, [.. chunks.SelectMany(c => LittleEndian.ReadDoubles(c.Values))]);
    }
}
