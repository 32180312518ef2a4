using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Metrics;

namespace Stepsize.Data.Tests.Metrics;

public sealed class MetricReaderTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Stream_Window_GivesBackEveryBitOfIt(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var sweep = await database.Store.CreateAsync(Sample.Sweep(values: 1, seeds: 1, iterations: 500), Token);
        var run = (await database.Store.FindUnfinishedRunsAsync(sweep, Token))[0];
        var recorder = database.Recording.Open(() => { }, Token);
        Sample.Train(recorder, run, iterations: 500, length: 37);
        await recorder.FlushAsync();

        foreach (var (first, last) in new (int?, int?)[] { (null, null), (1, 1), (37, 38), (90, 310), (500, null), (null, 99_999), (501, null), (20, 10) })
        {
            var expected = Enumerable.Range(1, 500).Where(i => i >= (first ?? 1) && i <= (last ?? 500)).ToArray();
            var (iterations, loss, accuracy, stepsize) = await ReadAsync(database, run.Key, first, last);

            Assert.Equal(expected, iterations);
            Assert.Equal(expected.Select(i => Sample.Loss(run.Key, i)), loss);
            Assert.Equal(expected.Select(Sample.Accuracy), accuracy);
            Assert.Equal(expected.Select(Sample.Stepsize), stepsize);
        }
    }

    private static async Task<(List<int> Iterations, List<float> Loss, List<float> Accuracy, List<float> Stepsize)> ReadAsync(
        TestDatabase database, long run, int? first, int? last)
    {
        var (iterations, loss, accuracy, stepsize) = (new List<int>(), new List<float>(), new List<float>(), new List<float>());
        await foreach (var block in database.Services.GetRequiredService<IMetricReader>().StreamAsync(run, first, last, Token))
        {
            iterations.AddRange(Enumerable.Range(block.FirstIteration, block.Count));
            loss.AddRange(block.Loss.Span);
            accuracy.AddRange(block.Accuracy.Span);
            stepsize.AddRange(block.Stepsize.Span);
        }

        return (iterations, loss, accuracy, stepsize);
    }
}
