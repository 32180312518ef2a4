using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Metrics;

namespace Stepsize.Data.Tests;

/// <summary>Checks that what is stored of a run is exactly what <see cref="Sample"/> gave, each iteration once.</summary>
internal static class RecordedRun
{
    public static async Task AssertHoldsAsync(TestDatabase database, long run, int iterations)
    {
        await using var context = database.OpenContext();
        var chunks = await context.MetricChunks.AsNoTracking().Where(c => c.RunId == run).OrderBy(c => c.FirstIteration).ToListAsync(Token);
        Assert.Equal(Expected(iterations, i => Sample.Loss(run, i)), chunks.SelectMany(c => LittleEndian.ReadSingles(c.Loss)));
        Assert.Equal(Expected(iterations, Sample.Accuracy), chunks.SelectMany(c => LittleEndian.ReadSingles(c.Accuracy)));
        Assert.Equal(Expected(iterations, Sample.Stepsize), chunks.SelectMany(c => LittleEndian.ReadSingles(c.Stepsize)));
        var next = 1;
        foreach (var chunk in chunks)
        {
            Assert.Equal(next, chunk.FirstIteration);
            Assert.Equal(chunk.Count, chunk.Loss.Length / sizeof(float));
            next += chunk.Count;
        }

        var trajectory = await database.Iterates.ReadAsync(run, Token);
        Assert.Equal(Enumerable.Range(1, iterations).SelectMany(i => Sample.Iterate(run, i)), trajectory?.Values ?? []);
        await AssertHoldsLayersAsync(context, run, iterations);
        var stored = await context.Runs.AsNoTracking().Include(r => r.Evaluations).SingleAsync(r => r.Id == run, Token);
        Assert.Equal(iterations, stored.Iterations);
        Assert.All(stored.Evaluations, e => Assert.Equal(Sample.Evaluation(run, e.Iteration), e.ToPoint()));
        Assert.All(stored.Evaluations, e => Assert.InRange(e.Iteration, 1, iterations));
    }

    private static async Task AssertHoldsLayersAsync(StepsizeContext context, long run, int iterations)
    {
        var next = 1;
        foreach (var chunk in await context.LayerChunks.AsNoTracking().Where(c => c.RunId == run).OrderBy(c => c.FirstIteration).ToListAsync(Token))
        {
            Assert.Equal(next, chunk.FirstIteration);
            Assert.Equal(Sample.LayerNames, LayerNames.Read(chunk.Names));
            var made = Enumerable.Range(next, chunk.Count).ToArray();
            Assert.Equal(Sample.LayerNames.SelectMany((_, layer) => made.Select(i => Sample.Gradient(run, layer, i))), LittleEndian.ReadSingles(chunk.Gradient));
            Assert.Equal(Sample.LayerNames.SelectMany((_, layer) => made.Select(i => Sample.Update(layer, i))), LittleEndian.ReadSingles(chunk.Update));
            Assert.Equal(Sample.LayerNames.SelectMany((_, _) => made.Select(Sample.Stepsize)), LittleEndian.ReadSingles(chunk.Stepsize));
            next += chunk.Count;
        }

        Assert.Equal(iterations + 1, next);
    }

    private static IEnumerable<float> Expected(int iterations, Func<int, float> value) => Enumerable.Range(1, iterations).Select(value);
}
