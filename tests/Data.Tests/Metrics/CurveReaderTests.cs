using System.Diagnostics;
using Stepsize.Data.Metrics;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Tests.Metrics;

public sealed class CurveReaderTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Read_EachColumn_GivesBackEveryBit(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var run = await RecordAsync(database, iterations: 500, length: 120);

        var loss = await database.Curves.ReadAsync(run, MetricColumn.Loss, null, null, 1000, Token);
        var accuracy = await database.Curves.ReadAsync(run, MetricColumn.Accuracy, 80, 100, 1000, Token);
        var stepsize = await database.Curves.ReadAsync(run, MetricColumn.Stepsize, 400, 99_999, 1000, Token);

        Assert.Equal(Enumerable.Range(1, 500).Select(i => Sample.Loss(run, i)), loss!.Maximum);
        Assert.Equal((97, 500), (loss.FirstNonFinite, loss.Total));
        Assert.Equal(Enumerable.Range(80, 21).Select(Sample.Accuracy), accuracy!.Minimum);
        Assert.Equal(89, accuracy.FirstNonFinite);
        Assert.Equal(Enumerable.Range(400, 101), stepsize!.Iterations);
        Assert.Equal(float.NegativeInfinity, stepsize.Minimum[415 - 400]);
    }

    [Fact]
    public async Task Read_UnknownRun_IsNull()
    {
        await using var database = await TestDatabase.CreateAsync();

        Assert.Null(await database.Curves.ReadAsync(5, MetricColumn.Loss, null, null, 100, Token));
        Assert.Null(await database.Iterates.ReadAsync(5, Token));
    }

    [Fact]
    public async Task Read_RunWithoutIterations_IsAnEmptyCurve()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sweep = await database.Store.CreateAsync(Sample.Sweep(), Token);
        var run = (await database.Store.FindAsync(sweep, Token))!.Runs[0].Id;

        var curve = await database.Curves.ReadAsync(run, MetricColumn.Loss, null, null, 100, Token);

        Assert.Empty(curve!.Iterations);
        Assert.Equal(0, curve.Total);
        Assert.Null(curve.FirstNonFinite);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100_001)]
    public async Task Read_PointsOutOfRange_IsRefused(int points)
    {
        await using var database = await TestDatabase.CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => database.Curves.ReadAsync(1, MetricColumn.Loss, null, null, points, Token));
    }

    [Fact]
    public async Task Read_AMillionIterations_TakesWellUnderASecond()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = await RecordAsync(database, iterations: 1_000_000, length: 1_000);
        await database.Curves.ReadAsync(run, MetricColumn.Loss, null, null, 2_000, Token);
        var watch = Stopwatch.StartNew();

        var curve = await database.Curves.ReadAsync(run, MetricColumn.Loss, null, null, 2_000, Token);

        TestContext.Current.SendDiagnosticMessage($"Envelope of 1e6 iterations: {watch.Elapsed.TotalMilliseconds:0} ms");
        Assert.Equal(2_000, curve!.Iterations.Count);
        Assert.Equal(1_000_000, curve.Total);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
    }

    private static async Task<long> RecordAsync(TestDatabase database, int iterations, int length)
    {
        var sweep = await database.Store.CreateAsync(Sample.Sweep(values: 1, seeds: 1, iterations: iterations), Token);
        var run = (await database.Store.FindUnfinishedRunsAsync(sweep, Token))[0];
        var recorder = database.Recording.Open(() => { }, Token);
        Sample.Train(recorder, run, iterations, length, RunOutcome.Finished);
        await recorder.FlushAsync();
        Assert.Null(recorder.FirstFailure);
        return run.Key;
    }
}
