using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Tests.Sweeps;

public sealed class SweepLifecycleTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Begin_QueuedSweep_RunsItAndGivesItsRuns(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 3, seeds: 2), Token);

        var work = await database.Lifecycle.BeginAsync(id, Token);

        Assert.Equal([0, 0, 0, 1, 1, 1], work!.Runs.Select(r => r.Configuration.Seed));
        Assert.Equal([1.0, 2, 3, 1, 2, 3], work.Runs.Select(r => r.Configuration.AxisValue));
        Assert.Equal(SweepStatus.Running, (await database.Store.FindAsync(id, Token))!.Summary.Status);
    }

    [Theory]
    [InlineData(SweepStatus.Paused)]
    [InlineData(SweepStatus.Cancelled)]
    [InlineData(SweepStatus.Completed)]
    [InlineData(SweepStatus.Failed)]
    public async Task Begin_SweepNotToBeTrained_GivesNothing(SweepStatus status)
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await database.Store.CreateAsync(Sample.Sweep(), Token);
        await database.Store.SetStatusAsync(id, status, Token);

        Assert.Null(await database.Lifecycle.BeginAsync(id, Token));

        Assert.Equal(status, (await database.Store.FindAsync(id, Token))!.Summary.Status);
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Begin_RunWithCheckpoint_GoesOnFromIt(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 1, seeds: 1), Token);
        var run = (await database.Store.FindUnfinishedRunsAsync(id, Token))[0];
        var recorder = database.Recording.Open(() => { }, Token);
        recorder.Started(run, Sample.Provenance);
        recorder.Record(run, Sample.Segment(run.Key, 1, 30));
        recorder.Record(run, Sample.Segment(run.Key, 31, 70));
        await recorder.FlushAsync();

        var resumed = (await database.Lifecycle.BeginAsync(id, Token))!.Runs[0].ResumeFrom;

        Assert.Equal((70, 0.07), (resumed!.Iteration, resumed.Seconds));
        Assert.Equal(Sample.State(run.Key, 70), resumed.State);
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Recover_AfterTheProgramEnded_QueuesWhatWasRunningAndNothingElse(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var running = await CreateAsync(database, SweepStatus.Running);
        var paused = await CreateAsync(database, SweepStatus.Paused);
        var queued = await CreateAsync(database, SweepStatus.Queued);
        var cancelled = await CreateAsync(database, SweepStatus.Cancelled); // Its runs were still to be ended.
        var completed = await CreateAsync(database, SweepStatus.Completed);

        Assert.Equal([running, queued], await database.Lifecycle.RecoverAsync(Token));
        Assert.Equal(SweepStatus.Queued, await StatusAsync(database, running));
        Assert.Equal(SweepStatus.Paused, await StatusAsync(database, paused));
        Assert.Equal(SweepStatus.Completed, await StatusAsync(database, completed));
        Assert.All((await database.Store.FindAsync(cancelled, Token))!.Runs, r => Assert.Equal(RunOutcome.CutShort, r.Outcome));
    }

    [Fact]
    public async Task Recover_LastRunHadJustFinished_ClosesTheSweep()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await CreateAsync(database, SweepStatus.Running);
        var recorder = database.Recording.Open(() => { }, Token);
        foreach (var run in await database.Store.FindUnfinishedRunsAsync(id, Token))
        {
            Sample.Train(recorder, run, 10, 10);
        }

        await recorder.FlushAsync();

        Assert.Empty(await database.Lifecycle.RecoverAsync(Token));
        Assert.Equal(SweepStatus.Completed, await StatusAsync(database, id));
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task FinishIfDone_SomeRunsFailed_FailsTheSweepOnceAllAreDone(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = await CreateAsync(database, SweepStatus.Running);
        var recorder = database.Recording.Open(() => { }, Token);
        var runs = await database.Store.FindUnfinishedRunsAsync(id, Token);
        Sample.Train(recorder, runs[0], 10, 10);
        Sample.Train(recorder, runs[1], 5, 5, RunOutcome.Diverged);
        await recorder.FlushAsync();
        await database.Lifecycle.FinishIfDoneAsync(id, Token);
        Assert.Equal(SweepStatus.Running, await StatusAsync(database, id));

        await database.Lifecycle.FailUnfinishedAsync(id, "The data is missing.", Token);
        await database.Lifecycle.FinishIfDoneAsync(id, Token);

        var sweep = (await database.Store.FindAsync(id, Token))!;
        Assert.Equal(SweepStatus.Failed, sweep.Summary.Status);
        Assert.Equal((6, 1, 4), (sweep.Summary.RunsFinished, sweep.Summary.RunsDiverged, sweep.Summary.RunsFailed));
        Assert.Equal([RunOutcome.Finished, RunOutcome.Diverged], sweep.Runs.Take(2).Select(r => r.Outcome));
        Assert.All(sweep.Runs.Take(2), r => Assert.Null(r.Error));
        Assert.All(sweep.Runs.Skip(2), r => Assert.Equal((RunOutcome.Failed, "The data is missing."), (r.Outcome, r.Error)));
    }

    [Fact]
    public async Task FinishIfDone_CancelledMeanwhile_StaysCancelled()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await CreateAsync(database, SweepStatus.Running);
        await database.Store.CancelAsync(id, Token);

        await database.Lifecycle.FinishIfDoneAsync(id, Token);

        Assert.Equal(SweepStatus.Cancelled, await StatusAsync(database, id));
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Delete_CancelledSweep_LeavesNothingOfIt(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var other = await CreateAsync(database, SweepStatus.Queued);
        var id = await CreateAsync(database, SweepStatus.Running);
        var recorder = database.Recording.Open(() => { }, Token);
        var runs = await database.Store.FindUnfinishedRunsAsync(id, Token);
        Sample.Train(recorder, runs[0], 10, 5);
        recorder.Started(runs[1], Sample.Provenance);
        recorder.Record(runs[1], Sample.Segment(runs[1].Key, 1, 5));
        await recorder.FlushAsync();
        await database.Store.CancelAsync(id, Token);

        await database.Lifecycle.DeleteAsync(id, Token);

        await using var context = database.OpenContext();
        Assert.Equal([other], await context.Sweeps.Select(s => s.Id).ToListAsync(Token));
        Assert.Equal(6, await context.Runs.CountAsync(Token));
        Assert.Equal(0, await context.Evaluations.CountAsync(Token));
        Assert.Equal(0, await context.MetricChunks.CountAsync(Token));
        Assert.Equal(0, await context.IterateChunks.CountAsync(Token));
        Assert.Equal(0, await context.LayerChunks.CountAsync(Token));
        Assert.Equal(0, await context.Checkpoints.CountAsync(Token));
    }

    [Fact]
    public async Task Delete_RunningSweep_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await CreateAsync(database, SweepStatus.Running);

        var fault = await Assert.ThrowsAsync<InvalidInputException>(() => database.Lifecycle.DeleteAsync(id, Token));

        Assert.Equal($"Sweep {id} is running; cancel it before deleting it.", fault.Message);
        Assert.NotNull(await database.Store.FindAsync(id, Token));
    }

    private static async Task<long> CreateAsync(TestDatabase database, SweepStatus status)
    {
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 3, seeds: 2, iterations: 10), Token);
        await database.Store.SetStatusAsync(id, status, Token);
        return id;
    }

    private static async Task<SweepStatus> StatusAsync(TestDatabase database, long id) => (await database.Store.FindAsync(id, Token))!.Summary.Status;
}
