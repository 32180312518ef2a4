using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Metrics;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Tests.Metrics;

public sealed class ColumnReaderTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Read_SeveralRuns_GivesEveryBitInTheOrderAskedFor(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var runs = await RecordAsync(database, iterations: 500, length: 120);
        long[] order = [runs[2], runs[0], 99_999, runs[1], runs[3]];

        foreach (var (column, value) in new (MetricColumn, Func<long, int, float>)[]
        {
            (MetricColumn.Loss, Sample.Loss), (MetricColumn.Accuracy, (_, i) => Sample.Accuracy(i)), (MetricColumn.Stepsize, (_, i) => Sample.Stepsize(i)),
        })
        {
            var read = await database.Services.GetRequiredService<IColumnReader>().ReadAsync(order, column, Token).ToListAsync(Token);

            Assert.Equal([runs[2], runs[0], runs[1], runs[3]], read.Select(r => r.RunId));
            Assert.All(read.Take(3), r => Assert.Equal(Enumerable.Range(1, 500).Select(i => value(r.RunId, i)), r.Values));
            Assert.Empty(read[3].Values);
        }
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Read_Window_GivesItsValuesAndOfShorterRunsFewer(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var runs = await RecordAsync(database, iterations: 500, length: 120);
        foreach (var (first, last) in new[] { (1, 1), (120, 121), (130, 400), (499, 800), (501, 600) })
        {
            var read = await database.Services.GetRequiredService<IColumnReader>().ReadAsync([runs[1], runs[3]], MetricColumn.Loss, first, last, Token).ToListAsync(Token);

            Assert.Equal([runs[1], runs[3]], read.Select(r => r.RunId));
            Assert.Equal(Enumerable.Range(1, 500).Where(i => i >= first && i <= last).Select(i => Sample.Loss(runs[1], i)), read[0].Values);
            Assert.Empty(read[1].Values);
        }
    }

    [Fact]
    public async Task Read_MoreRunsThanOneQueryTakes_GivesAll()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sweep = await database.Store.CreateAsync(Sample.Sweep(values: 30, seeds: 20, iterations: 3), Token);
        var work = await database.Store.FindUnfinishedRunsAsync(sweep, Token);
        var recorder = database.Recording.Open(() => { }, Token);
        foreach (var run in work)
        {
            Sample.Train(recorder, run, 3, 2, RunOutcome.Finished);
        }

        await recorder.FlushAsync();
        long[] order = [.. work.Select(r => r.Key).Reverse()];

        var read = await database.Services.GetRequiredService<IColumnReader>().ReadAsync(order, MetricColumn.Loss, Token).ToListAsync(Token);

        Assert.Equal(order, read.Select(r => r.RunId));
        Assert.All(read, r => Assert.Equal([Sample.Loss(r.RunId, 1), Sample.Loss(r.RunId, 2), Sample.Loss(r.RunId, 3)], r.Values));
    }

    /// <summary>Three recorded runs and one that has not begun.</summary>
    private static async Task<long[]> RecordAsync(TestDatabase database, int iterations, int length)
    {
        var sweep = await database.Store.CreateAsync(Sample.Sweep(values: 4, seeds: 1, iterations: iterations), Token);
        var runs = await database.Store.FindUnfinishedRunsAsync(sweep, Token);
        var recorder = database.Recording.Open(() => { }, Token);
        foreach (var run in runs.Take(3))
        {
            Sample.Train(recorder, run, iterations, length, RunOutcome.Finished);
        }

        await recorder.FlushAsync();
        Assert.Null(recorder.FirstFailure);
        return [.. runs.Select(r => r.Key)];
    }
}
