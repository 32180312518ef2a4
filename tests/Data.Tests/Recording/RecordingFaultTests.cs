using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Recording;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Tests.Recording;

public sealed class RecordingFaultTests
{
    [Fact]
    public async Task Record_DatabaseLockedForAWhile_WaitsAndLosesNothing()
    {
        await using var database = await TestDatabase.CreateAsync(busyTimeout: TimeSpan.FromSeconds(20));
        var run = (await RunsAsync(database, 1))[0];
        var recorder = database.Recording.Open(() => { }, Token);
        await using (await WriteLock.TakeAsync(database))
        {
            Sample.Train(recorder, run, 100, 10);
            await Task.Delay(300, Token);
        }

        await recorder.FlushAsync();

        Assert.Null(recorder.FirstFailure);
        await RecordedRun.AssertHoldsAsync(database, run.Key, 100);
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Record_RunEndedElsewhere_FailsOnlyThatRun(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var runs = await RunsAsync(database, 3);
        var recorder = database.Recording.Open(() => { }, Token);
        foreach (var run in runs)
        {
            recorder.Started(run, Sample.Provenance);
            recorder.Record(run, Sample.Segment(run.Key, 1, 10));
        }

        await recorder.FlushAsync();
        await using (var context = database.OpenContext())
        {
            await context.Runs.Where(r => r.Id == runs[1].Key)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Status, RunStatus.Finished).SetProperty(r => r.Outcome, RunOutcome.CutShort), Token);
        }

        foreach (var run in runs)
        {
            recorder.Record(run, Sample.Segment(run.Key, 11, 20, Sample.Result(20)));
        }

        await recorder.FlushAsync();

        Assert.StartsWith("The run was ended", recorder.FirstFailure, StringComparison.Ordinal);
        await RecordedRun.AssertHoldsAsync(database, runs[0].Key, 20);
        await RecordedRun.AssertHoldsAsync(database, runs[1].Key, 10);
        await RecordedRun.AssertHoldsAsync(database, runs[2].Key, 20);
    }

    [Fact]
    public async Task Started_RunFinishedOrDeleted_FailsIt()
    {
        await using var database = await TestDatabase.CreateAsync();
        var runs = await RunsAsync(database, 2);
        await database.Store.CancelAsync(1, Token);
        var recorder = database.Recording.Open(() => { }, Token);
        recorder.Started(runs[0], Sample.Provenance);
        await recorder.FlushAsync();
        Assert.Equal("The run was ended or changed elsewhere while it waited to be trained.", recorder.FirstFailure);

        await database.Lifecycle.DeleteAsync(1, Token);
        var late = database.Recording.Open(() => { }, Token);
        late.Started(runs[1], Sample.Provenance);
        await late.FlushAsync();

        Assert.Equal("The run was deleted while it waited to be trained.", late.FirstFailure);
    }

    [Fact]
    public async Task Record_QueueFull_WaitsForTheWriter()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = (await RunsAsync(database, 1))[0];
        await using var recording = new RecordingService(
            database.Get<SegmentWriter>(), database.Options, database.Patience, capacityBytes: 1_000, capacityItems: 4);
        var recorder = recording.Open(() => { }, Token);
        var recorded = 0;
        Task training;
        await using (await WriteLock.TakeAsync(database))
        {
            training = Task.Run(
                () =>
                {
                    recorder.Started(run, Sample.Provenance);
                    for (var i = 1; i <= 50; i++)
                    {
                        recorder.Record(run, Sample.Segment(run.Key, i, i, i == 50 ? Sample.Result(50) : null));
                        Volatile.Write(ref recorded, i);
                    }
                },
                Token);
            await Task.Delay(300, Token);
            Assert.InRange(Volatile.Read(ref recorded), 1, 8);
        }

        await training;
        await recorder.FlushAsync();
        Assert.Null(recorder.FirstFailure);
        await RecordedRun.AssertHoldsAsync(database, run.Key, 50);
    }

    private static async Task<IReadOnlyList<CohortRun>> RunsAsync(TestDatabase database, int values)
    {
        var id = await database.Store.CreateAsync(Sample.Sweep(values, seeds: 1, iterations: 100), Token);
        return await database.Store.FindUnfinishedRunsAsync(id, Token);
    }
}
