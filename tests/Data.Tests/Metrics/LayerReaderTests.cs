using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Metrics;

namespace Stepsize.Data.Tests.Metrics;

public sealed class LayerReaderTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Read_EachMeasure_GivesBackEveryLayerOfTheWindow(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var run = await RecordAsync(database, iterations: 300, length: 37);
        var reader = database.Services.GetRequiredService<ILayerReader>();
        var window = Enumerable.Range(60, 61).ToArray();
        foreach (var (measure, value) in new (LayerMeasure, Func<int, int, float>)[]
        {
            (LayerMeasure.Gradient, (layer, i) => Sample.Gradient(run, layer, i)),
            (LayerMeasure.Update, Sample.Update),
            (LayerMeasure.Rate, (layer, i) => Sample.Update(layer, i) / Sample.Gradient(run, layer, i)),
            (LayerMeasure.Stepsize, (_, i) => Sample.Stepsize(i)),
        })
        {
            var layers = await reader.ReadAsync(run, measure, 60, 120, 1000, Token);
            Assert.Equal(Sample.LayerNames, layers.Select(l => l.Name));
            for (var layer = 0; layer < layers.Count; layer++)
            {
                Assert.Equal(window, layers[layer].Curve.Iterations);
                Assert.Equal(window.Select(i => value(layer, i)), layers[layer].Curve.Minimum);
                Assert.Equal(300, layers[layer].Curve.Total);
            }
        }
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Stream_Window_GivesBackEveryBitOfIt(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var run = await RecordAsync(database, iterations: 300, length: 37);
        foreach (var (first, last) in new (int?, int?)[] { (null, null), (1, 1), (37, 38), (90, 210), (300, null), (301, null), (20, 10) })
        {
            var expected = Enumerable.Range(1, 300).Where(i => i >= (first ?? 1) && i <= (last ?? 300)).ToArray();
            var iterations = new List<int>();
            await foreach (var block in database.Services.GetRequiredService<ILayerReader>().StreamAsync(run, first, last, Token))
            {
                for (var i = 0; i < block.Count; i++)
                {
                    iterations.Add(block.FirstIteration + i);
                    for (var layer = 0; layer < block.Columns.Count; layer++)
                    {
                        Assert.Equal(Sample.Gradient(run, layer, iterations[^1]), block.Columns.Gradient[block.At(layer, i)]);
                        Assert.Equal(Sample.Update(layer, iterations[^1]), block.Columns.Update[block.At(layer, i)]);
                    }
                }
            }

            Assert.Equal(expected, iterations);
        }
    }

    [Fact]
    public async Task Read_RunWithoutLayersOrUnknown_IsEmpty()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sweep = await database.Store.CreateAsync(Sample.Sweep(), Token);
        var run = (await database.Store.FindAsync(sweep, Token))!.Runs[0].Id;
        var reader = database.Services.GetRequiredService<ILayerReader>();
        Assert.Empty(await reader.ReadAsync(run, LayerMeasure.Gradient, null, null, 100, Token));
        Assert.Empty(await reader.ReadAsync(999, LayerMeasure.Rate, null, null, 100, Token));
    }

    private static async Task<long> RecordAsync(TestDatabase database, int iterations, int length)
    {
        var sweep = await database.Store.CreateAsync(Sample.Sweep(values: 1, seeds: 1, iterations: iterations), Token);
        var run = (await database.Store.FindUnfinishedRunsAsync(sweep, Token))[0];
        var recorder = database.Recording.Open(() => { }, Token);
        Sample.Train(recorder, run, iterations, length);
        await recorder.FlushAsync();
        Assert.Null(recorder.FirstFailure);
        return run.Key;
    }
}
