using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;

namespace Stepsize.Data.Tests.Sweeps;

public sealed class RunReaderTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Stream_MoreRunsThanAPiece_GivesEachOnceInTheOrderOfTheGrid(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var sweep = await database.Store.CreateAsync(Sample.Sweep(values: 220, seeds: 5), Token);
        var stored = (await database.Store.FindAsync(sweep, Token))!.Runs;
        var reader = ReaderOf(database);

        Assert.Equal(stored.Select(r => r.Id), await ListAsync(reader.StreamAsync(sweep, RunFilter.All, Token), r => r.Id));
        Assert.Equal(
            stored.Where(r => r.Seed is 1 or 3 && r.AxisValue is 2 or 7).Select(r => r.Id),
            await ListAsync(reader.StreamAsync(sweep, new RunFilter { Seeds = [1, 3], AxisValues = [2, 7] }, Token), r => r.Id));
        var reversed = stored.Select(r => r.Id).Reverse().ToArray();
        Assert.Equal(reversed, await ListAsync(reader.StreamAsync([.. reversed, 999_999], Token), r => r.Run.Id));
        Assert.Equal([999_999L], await reader.FindMissingAsync([.. reversed, 999_999], Token));
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task ReadPage_Outcome_CountsAndPagesTheRunsThatEndedSo(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var sweep = await database.Store.CreateAsync(Sample.Sweep(values: 3, seeds: 2, iterations: 40), Token);
        var runs = await database.Store.FindUnfinishedRunsAsync(sweep, Token);
        var recorder = database.Recording.Open(() => { }, Token);
        foreach (var (run, index) in runs.Select((r, i) => (r, i)))
        {
            Sample.Train(recorder, run, iterations: 40, length: 20, index % 2 == 0 ? RunOutcome.Diverged : RunOutcome.Finished);
        }

        await recorder.FlushAsync();
        var page = await ReaderOf(database).ReadPageAsync(sweep, new RunFilter { Outcomes = [RunOutcome.Diverged] }, offset: 1, limit: 1, Token);

        Assert.Equal((3, runs[2].Key), (page.Total, Assert.Single(page.Runs).Id));
        Assert.Equal([20, 40], page.Runs[0].Evaluations.Select(e => e.Iteration));
    }

    [Fact]
    public async Task FindRun_Measures_AreThoseOfTheSweep()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sweep = await database.Store.CreateAsync(Sample.Sweep(values: 1, seeds: 1, iterations: 40), Token);
        var run = (await database.Store.FindUnfinishedRunsAsync(sweep, Token))[0];
        var reader = ReaderOf(database);

        Assert.Empty((await reader.FindRunAsync(run.Key, Token))!.Sweep.Measures);
        var recorder = database.Recording.Open(() => { }, Token);
        Sample.Train(recorder, run, iterations: 40, length: 40);
        await recorder.FlushAsync();

        Assert.Equal([Measure.TestTopFiveAccuracy, Measure.TestLoss, Measure.TrainLoss, Measure.GradientNorm], (await reader.FindRunAsync(run.Key, Token))!.Sweep.Measures.Order());
    }

    [Fact]
    public async Task Find_Deleted_IsNotThere()
    {
        await using var database = await TestDatabase.CreateAsync();
        var sweep = await database.Store.CreateAsync(Sample.Sweep(), Token);
        var run = (await database.Store.FindAsync(sweep, Token))!.Runs[0].Id;
        await database.Services.GetRequiredService<IBin>().DeleteSweepAsync(sweep, Token);
        var reader = ReaderOf(database);

        Assert.Null(await reader.FindSweepAsync(sweep, Token));
        Assert.Null(await reader.FindRunAsync(run, Token));
        Assert.Equal([run], await reader.FindMissingAsync([run], Token));
        Assert.Empty(await ListAsync(reader.StreamAsync(sweep, RunFilter.All, Token), r => r.Id));
        Assert.Empty(await ListAsync(reader.StreamAsync([run], Token), r => r.Run.Id));
    }

    private static IRunReader ReaderOf(TestDatabase database) => database.Services.GetRequiredService<IRunReader>();

    private static async Task<List<TResult>> ListAsync<T, TResult>(IAsyncEnumerable<T> items, Func<T, TResult> of)
    {
        var list = new List<TResult>();
        await foreach (var item in items)
        {
            list.Add(of(item));
        }

        return list;
    }
}
