using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;
using Stepsize.Data.Recording;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Tests.Recording;

/// <summary>A database that cannot be written for a while: training waits for it, says so, and goes on.</summary>
public sealed class RecordingWaitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Record_LockedForLongerThanTheTimeout_WaitsSaysSoAndGoesOn()
    {
        await using var database = await TestDatabase.CreateAsync(busyTimeout: TimeSpan.FromSeconds(1));
        var run = (await RunsAsync(database, 1))[0];
        var recorder = database.Recording.Open(() => { }, Token);
        var news = new List<DatabaseWait?>();
        using var subscription = database.Patience.Subscribe(() => news.Add(database.Patience.Current));
        await using (await WriteLock.TakeAsync(database))
        {
            Sample.Train(recorder, run, 100, 10);
            await UntilAsync(() => database.Patience.Current is not null);

            // Several attempts fail before the lock is released.
            await Task.Delay(TimeSpan.FromSeconds(4), Token);
        }

        await recorder.FlushAsync().WaitAsync(Limit, Token);

        Assert.Null(recorder.FirstFailure);
        await RecordedRun.AssertHoldsAsync(database, run.Key, 100);
        Assert.Equal(RunOutcome.Finished, (await database.Store.FindAsync(1, Token))!.Runs[0].Outcome);
        Assert.Equal(
            $"The database {database.Options.SqliteFile} stayed locked by another program for 1 s; close that program, or name another database file.",
            news[0]!.Reason);
        Assert.Equal(database.Time.GetUtcNow(), news[0]!.Since);
        Assert.Null(news[^1]);
        Assert.Null(database.Patience.Current);
    }

    [Fact]
    public async Task Record_StoppedWhileLocked_GivesUpWhatIsNotStoredAndGoesOnFromTheLastCheckpoint()
    {
        await using var database = await TestDatabase.CreateAsync(busyTimeout: TimeSpan.FromSeconds(1));
        var run = (await RunsAsync(database, 1))[0];
        using var stop = new CancellationTokenSource();
        await using var recording = new RecordingService(database.Get<SegmentWriter>(), database.Options, database.Patience, capacityBytes: 2_000, capacityItems: 4);
        var recorder = recording.Open(() => { }, stop.Token);
        recorder.Started(run, Sample.Provenance);
        recorder.Record(run, Sample.Segment(run.Key, 1, 10));
        await recorder.FlushAsync();
        Task training;
        await using (await WriteLock.TakeAsync(database))
        {
            training = Task.Run(
                () =>
                {
                    // Fills the queue, and then waits for room in it.
                    for (var first = 11; first <= 91; first += 10)
                    {
                        recorder.Record(run, Sample.Segment(run.Key, first, first + 9));
                    }
                },
                Token);
            await UntilAsync(() => database.Patience.Current is not null);
            Assert.False(training.IsCompleted);

            await stop.CancelAsync();

            await training.WaitAsync(Limit, Token);
            await recorder.FlushAsync().WaitAsync(Limit, Token);
            await UntilAsync(() => database.Patience.Current is null);
        }

        Assert.Null(recorder.FirstFailure);
        await RecordedRun.AssertHoldsAsync(database, run.Key, 10);
        var again = Assert.Single(await database.Store.FindUnfinishedRunsAsync(1, Token));
        Assert.Equal(10, again.ResumeFrom!.Iteration);
        var next = database.Recording.Open(() => { }, Token);
        Sample.Train(next, again, 100, 10);
        await next.FlushAsync();
        await RecordedRun.AssertHoldsAsync(database, run.Key, 100);
    }

    [Fact]
    public async Task Dispose_WhileLocked_EndsSoonAndLeavesWhatIsStored()
    {
        await using var database = await TestDatabase.CreateAsync(busyTimeout: TimeSpan.FromSeconds(1));
        var run = (await RunsAsync(database, 1))[0];
        var recorder = database.Recording.Open(() => { }, Token);
        recorder.Started(run, Sample.Provenance);
        recorder.Record(run, Sample.Segment(run.Key, 1, 10));
        await recorder.FlushAsync();
        await using (await WriteLock.TakeAsync(database))
        {
            recorder.Record(run, Sample.Segment(run.Key, 11, 20));
            await database.Recording.DisposeAsync().AsTask().WaitAsync(Limit, Token);
        }

        await RecordedRun.AssertHoldsAsync(database, run.Key, 10);
    }

    [Fact]
    public async Task Record_DiskFull_WaitsForRoomAndLosesNothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var runs = await RunsAsync(database, 4);
        var contexts = new FaultyContexts(database.Options) { MostPages = await PagesAsync(database) + 40 };
        await using var recording = new RecordingService(new SegmentWriter(contexts), database.Options, database.Patience);
        var recorder = recording.Open(() => { }, Token);
        foreach (var run in runs)
        {
            Sample.Train(recorder, run, 20_000, 100);
        }

        await UntilAsync(() => database.Patience.Current is not null);
        Assert.Equal($"There is no room left to write the database {database.Options.SqliteFile}; make room on its disk.", database.Patience.Current!.Reason);
        foreach (var row in (await database.Store.FindAsync(1, Token))!.Runs)
        {
            // Segments are there whole, or not at all.
            await RecordedRun.AssertHoldsAsync(database, row.Id, row.Iterations);
        }

        contexts.MostPages = int.MaxValue;
        await recorder.FlushAsync().WaitAsync(Limit, Token);

        Assert.Null(recorder.FirstFailure);
        foreach (var run in runs)
        {
            await RecordedRun.AssertHoldsAsync(database, run.Key, 20_000);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Record_CommitThatDoesNotSayWhetherItWasMade_StoresEachIterationOnce(int failures)
    {
        await using var database = await TestDatabase.CreateAsync();
        var runs = await RunsAsync(database, 3);
        var contexts = new FaultyContexts(database.Options);
        await using var recording = new RecordingService(new SegmentWriter(contexts), database.Options, database.Patience);
        var recorder = recording.Open(() => { }, Token);

        // Start, the middle and the end of each run are written while commits fail.
        foreach (var run in runs)
        {
            contexts.FailingCommits = failures;
            recorder.Started(run, Sample.Provenance);
            await recorder.FlushAsync().WaitAsync(Limit, Token);
            contexts.FailingCommits = failures;
            recorder.Record(run, Sample.Segment(run.Key, 1, 30));
            await recorder.FlushAsync().WaitAsync(Limit, Token);
            contexts.FailingCommits = failures;
            recorder.Record(run, new RunSegment(31, [], [], [], null, [Sample.Evaluation(run.Key, 30)], null, null));
            await recorder.FlushAsync().WaitAsync(Limit, Token);
            contexts.FailingCommits = failures;
            recorder.Record(run, Sample.Segment(run.Key, 31, 60, Sample.Result(60)));
            await recorder.FlushAsync().WaitAsync(Limit, Token);
            Assert.Equal(0, contexts.FailingCommits);
        }

        Assert.Null(recorder.FirstFailure);
        foreach (var run in runs)
        {
            await RecordedRun.AssertHoldsAsync(database, run.Key, 60);
        }

        Assert.All((await database.Store.FindAsync(1, Token))!.Runs, r => Assert.Equal((RunStatus.Finished, RunOutcome.Finished), (r.Status, r.Outcome)));
    }

    [Fact]
    public async Task Record_WholeRunsInOneBatchWhoseCommitIsUnknown_AreStoredOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        var runs = await RunsAsync(database, 3);
        var contexts = new FaultyContexts(database.Options) { FailingCommits = 1 };
        var items = new RecordingService(new SegmentWriter(contexts), database.Options, database.Patience);
        var recorder = items.Open(() => { }, Token);
        await using (await WriteLock.TakeAsync(database))
        {
            // All that waits is written at once.
            foreach (var run in runs)
            {
                Sample.Train(recorder, run, 40, 10);
            }
        }

        await recorder.FlushAsync().WaitAsync(Limit, Token);
        await items.DisposeAsync();

        Assert.Null(recorder.FirstFailure);
        foreach (var run in runs)
        {
            await RecordedRun.AssertHoldsAsync(database, run.Key, 40);
        }
    }

    [Fact]
    public async Task Record_RunEndedElsewhereAfterAnUnknownCommit_KeepsThatEnd()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = (await RunsAsync(database, 1))[0];
        var contexts = new FaultyContexts(database.Options);
        await using var recording = new RecordingService(new SegmentWriter(contexts), database.Options, database.Patience);
        var recorder = recording.Open(() => { }, Token);
        recorder.Started(run, Sample.Provenance);
        recorder.Record(run, Sample.Segment(run.Key, 1, 10));
        await recorder.FlushAsync();
        contexts.FailingCommits = 1;
        recorder.Record(run, Sample.Segment(run.Key, 11, 20));
        await UntilAsync(() => contexts.FailingCommits == 0);
        await database.Store.CancelAsync(1, Token);
        await recorder.FlushAsync().WaitAsync(Limit, Token);
        await RecordedRun.AssertHoldsAsync(database, run.Key, 20);

        recorder.Record(run, Sample.Segment(run.Key, 21, 30, Sample.Result(30)));
        await recorder.FlushAsync().WaitAsync(Limit, Token);

        Assert.StartsWith("The run was ended", recorder.FirstFailure, StringComparison.Ordinal);
        await RecordedRun.AssertHoldsAsync(database, run.Key, 20);
        Assert.Equal(RunOutcome.CutShort, (await database.Store.FindAsync(1, Token))!.Runs[0].Outcome);
    }

    private static async Task<IReadOnlyList<CohortRun>> RunsAsync(TestDatabase database, int values)
    {
        var id = await database.Store.CreateAsync(Sample.Sweep(values, seeds: 1, iterations: 100), Token);
        return await database.Store.FindUnfinishedRunsAsync(id, Token);
    }

    private static async Task<long> PagesAsync(TestDatabase database)
    {
        await using var context = database.OpenContext();
        return await context.Database.SqlQueryRaw<long>("""SELECT page_count AS "Value" FROM pragma_page_count""").SingleAsync(Token);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); await Task.Delay(20, Token))
        {
            Assert.True(watch.Elapsed < Limit, "It did not happen.");
        }
    }
}
