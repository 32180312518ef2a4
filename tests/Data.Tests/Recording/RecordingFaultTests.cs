using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Stepsize.Data.Database;
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
        var recorder = database.Recording.Open(() => { });
        await using (await LockAsync(database))
        {
            Sample.Train(recorder, run, 100, 10);
            await Task.Delay(300, Token);
        }

        await recorder.FlushAsync();

        Assert.Null(recorder.FirstFailure);
        await RecordedRun.AssertHoldsAsync(database, run.Key, 100);
    }

    [Fact]
    public async Task Record_DatabaseStaysLocked_FailsTheRunWithASentence()
    {
        await using var database = await TestDatabase.CreateAsync(busyTimeout: TimeSpan.FromSeconds(1));
        var run = (await RunsAsync(database, 1))[0];
        var recorder = database.Recording.Open(() => { });
        recorder.Started(run, Sample.Provenance);
        recorder.Record(run, Sample.Segment(run.Key, 1, 10));
        await recorder.FlushAsync();
        await using (await LockAsync(database))
        {
            recorder.Record(run, Sample.Segment(run.Key, 11, 20));
            await recorder.FlushAsync();
        }

        var fault = Assert.Throws<RecordingException>(() => recorder.Record(run, Sample.Segment(run.Key, 21, 30)));

        Assert.Equal($"The database {database.Options.SqliteFile} stayed locked by another program for 1 s; close that program, or name another database file.", fault.Message);
        Assert.Equal(fault.Message, recorder.FirstFailure);

        // The executor then ends the run as failed, with whatever it says; the reason that is stored is this one.
        recorder.Record(run, new RunSegment(31, [], [], [], null, [], null, new RunResult(RunOutcome.Failed, 30, null, 0, Error: "RecordingException")));
        await recorder.FlushAsync();
        await RecordedRun.AssertHoldsAsync(database, run.Key, 10);
        var row = (await database.Store.FindAsync(1, Token))!.Runs[0];
        Assert.Equal((RunOutcome.Failed, fault.Message, 0.01), (row.Outcome, row.Error, row.Seconds));
    }

    [Fact]
    public async Task Record_DiskFull_WritesSegmentsWholeOrNotAtAll()
    {
        await using var database = await TestDatabase.CreateAsync();
        var runs = await RunsAsync(database, 4);
        await using var context = database.OpenContext();
        var pages = await context.Database.SqlQueryRaw<long>("""SELECT page_count AS "Value" FROM pragma_page_count""").SingleAsync(Token);
        await using var recording = new RecordingService(new SegmentWriter(new LimitedContexts(database.Options, pages + 40)), database.Options);
        var recorder = recording.Open(() => { });
        foreach (var run in runs)
        {
            try
            {
                Sample.Train(recorder, run, 20_000, 100);
            }
            catch (RecordingException)
            {
                // As an executor meets it.
            }
        }

        await recorder.FlushAsync();

        Assert.Equal($"There is no room left to write the database {database.Options.SqliteFile}; make room on its disk.", recorder.FirstFailure);
        foreach (var row in (await database.Store.FindAsync(1, Token))!.Runs)
        {
            Assert.NotEqual(RunStatus.Finished, row.Status);
            await RecordedRun.AssertHoldsAsync(database, row.Id, row.Iterations);
        }

        // With room again, the runs go on from where they were.
        var again = database.Recording.Open(() => { });
        foreach (var run in await database.Store.FindUnfinishedRunsAsync(1, Token))
        {
            Sample.Train(again, run, 500, 100);
            await again.FlushAsync();
            await RecordedRun.AssertHoldsAsync(database, run.Key, Math.Max(500, run.ResumeFrom?.Iteration ?? 0));
        }
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Record_RunEndedElsewhere_FailsOnlyThatRun(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var runs = await RunsAsync(database, 3);
        var recorder = database.Recording.Open(() => { });
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
        var recorder = database.Recording.Open(() => { });
        recorder.Started(runs[0], Sample.Provenance);
        await recorder.FlushAsync();
        Assert.Equal("The run was ended or changed elsewhere while it waited to be trained.", recorder.FirstFailure);

        await database.Lifecycle.DeleteAsync(1, Token);
        var late = database.Recording.Open(() => { });
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
            database.Services.GetService(typeof(SegmentWriter)) as SegmentWriter ?? throw new InvalidOperationException(), database.Options, capacityBytes: 1_000, capacityItems: 4);
        var recorder = recording.Open(() => { });
        var recorded = 0;
        Task training;
        await using (await LockAsync(database))
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

    /// <summary>Holds the write lock, as another program could, until disposed.</summary>
    private static async Task<SqliteConnection> LockAsync(TestDatabase database)
    {
        var connection = new SqliteConnection($"Data Source={database.Options.SqliteFile};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }

    /// <summary>Contexts whose database may not grow past so many pages: what a full disk looks like to SQLite.</summary>
    private sealed class LimitedContexts(DatabaseOptions options, long pages) : IDbContextFactory<StepsizeContext>
    {
        public StepsizeContext CreateDbContext()
        {
            var builder = new DbContextOptionsBuilder<StepsizeContext>();
            DataServices.Configure(builder, options);
            builder.AddInterceptors(new Limit(pages));
            return new StepsizeContext(builder.Options);
        }
    }

    private sealed class Limit(long pages) : DbConnectionInterceptor
    {
        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA max_page_count = {pages}";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
