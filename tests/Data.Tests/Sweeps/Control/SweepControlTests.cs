using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Tests.Sweeps.Control;

public sealed class SweepControlTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task PauseAndResume_RunningSweep_KeepsItsCheckpoints(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 1, seeds: 1, iterations: 90), Token);
        var run = (await database.Lifecycle.BeginAsync(id, Token))!.Runs[0];
        var recorder = database.Recording.Open(() => { }, Token);
        recorder.Started(run, Sample.Provenance);
        recorder.Record(run, Sample.Segment(run.Key, 1, 30));
        await recorder.FlushAsync();

        await database.Control.PauseAsync(id, Token);
        Assert.Equal(SweepStatus.Paused, await database.Control.FindStatusAsync(id, Token));
        Assert.Null(await database.Lifecycle.BeginAsync(id, Token));
        await database.Control.PauseAsync(id, Token);
        await database.Control.ResumeAsync(id, Token);
        await database.Control.ResumeAsync(id, Token);

        await ControlledSweep.TrainAsync(database, id, 90);
        await RecordedRun.AssertHoldsAsync(database, run.Key, 90);
        Assert.Equal(SweepStatus.Completed, await database.Control.FindStatusAsync(id, Token));
    }

    [Fact]
    public async Task Pause_LastRunHasJustFinished_ClosesTheSweepAndSaysSo()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 1, seeds: 1, iterations: 10), Token);
        var recorder = database.Recording.Open(() => { }, Token);
        Sample.Train(recorder, (await database.Lifecycle.BeginAsync(id, Token))!.Runs[0], 10, 10);
        await recorder.FlushAsync();

        var fault = await Assert.ThrowsAsync<InvalidInputException>(() => database.Control.PauseAsync(id, Token));

        Assert.Contains("nothing left to pause", fault.Message, StringComparison.Ordinal);
        Assert.Equal(SweepStatus.Completed, await database.Control.FindStatusAsync(id, Token));
    }

    [Theory]
    [InlineData(SweepStatus.Completed)]
    [InlineData(SweepStatus.Cancelled)]
    [InlineData(SweepStatus.Failed)]
    public async Task PauseOrResume_EndedSweep_IsRefused(SweepStatus status)
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await database.Store.CreateAsync(Sample.Sweep(), Token);
        await database.Store.SetStatusAsync(id, status, Token);

        await Assert.ThrowsAsync<InvalidInputException>(() => database.Control.PauseAsync(id, Token));
        await Assert.ThrowsAsync<InvalidInputException>(() => database.Control.ResumeAsync(id, Token));

        Assert.Equal(status, await database.Control.FindStatusAsync(id, Token));
    }

    [Fact]
    public async Task AnyOperation_NoSuchSweep_SaysSo()
    {
        await using var database = await TestDatabase.CreateAsync();

        foreach (var operation in new Func<Task>[]
                 {
                     () => database.Control.PauseAsync(7, Token), () => database.Control.ResumeAsync(7, Token),
                     () => database.Control.FindMissingAsync(7, Token), () => database.Control.QueueMissingAsync(7, null, Token),
                     () => database.Control.PlanExtensionAsync(7, new(), Token), () => database.Control.ExtendAsync(7, new(), Token),
                     () => database.Bin.DeleteSweepAsync(7, Token),
                 })
        {
            Assert.Equal("There is no sweep 7.", (await Assert.ThrowsAsync<InvalidInputException>(operation)).Message);
        }
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task StopRun_Unfinished_EndsItAndKeepsWhatItRecorded(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 2, seeds: 1), Token);
        var runs = (await database.Lifecycle.BeginAsync(id, Token))!.Runs;
        var recorder = database.Recording.Open(() => { }, Token);
        recorder.Started(runs[0], Sample.Provenance);
        recorder.Record(runs[0], Sample.Segment(runs[0].Key, 1, 30));
        await recorder.FlushAsync();

        Assert.Equal(id, await database.Control.StopRunAsync(runs[0].Key, Token));

        var stopped = (await database.Store.FindAsync(id, Token))!.Runs[0];
        Assert.Equal((RunStatus.Finished, RunOutcome.CutShort, 30), (stopped.Status, stopped.Outcome, stopped.Iterations));
        Assert.Equal([runs[1].Key], (await database.Store.FindUnfinishedRunsAsync(id, Token)).Select(r => r.Key));
        var fault = await Assert.ThrowsAsync<InvalidInputException>(() => database.Control.StopRunAsync(runs[0].Key, Token));
        Assert.Equal($"Run {runs[0].Key} has ended already.", fault.Message);
    }
}
