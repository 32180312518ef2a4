using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Tests.Sweeps.Control;

public sealed class MissingRunsTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task QueueMissing_ThreeKilledTwoDeleted_QueuesExactlyThoseFive(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 4, seeds: 3, iterations: 40), Token);
        var runs = (await database.Lifecycle.BeginAsync(id, Token))!.Runs;
        var recorder = database.Recording.Open(() => { }, Token);
        foreach (var run in runs.Where((_, i) => i is not (1 or 5 or 7)))
        {
            Sample.Train(recorder, run, 40, 25);
        }

        recorder.Started(runs[5], Sample.Provenance);
        recorder.Record(runs[5], Sample.Segment(runs[5].Key, 1, 20));
        await recorder.FlushAsync();
        foreach (var killed in new[] { 1, 5, 7 })
        {
            await database.Control.StopRunAsync(runs[killed].Key, Token);
        }

        foreach (var deleted in new[] { 2, 11 })
        {
            await database.Bin.DeleteRunAsync(runs[deleted].Key, Token);
        }

        Assert.Equal(SweepStatus.Completed, (await database.Store.FindAsync(id, Token))!.Summary.Status);
        var missing = await database.Control.FindMissingAsync(id, Token);

        Assert.Equal([1, 2, 5, 7, 11], missing.Runs.Select(r => r.Point.Ordinal));
        Assert.Equal(
            [MissingReason.NeverStarted, MissingReason.Deleted, MissingReason.Cancelled, MissingReason.NeverStarted, MissingReason.Deleted],
            missing.Runs.Select(r => r.Reason));
        Assert.Equal((7, 0, 20), (missing.WithResult, missing.Unfinished, missing.Runs[2].Iterations));

        Assert.Equal(5, await database.Control.QueueMissingAsync(id, [.. missing.Runs.Select(r => r.Point.ConfigurationHash)], Token));

        var before = runs.Select(r => r.Key).ToHashSet();
        var trained = await ControlledSweep.TrainAsync(database, id, 40);
        Assert.Equal(5, trained.Count);
        Assert.Equal([runs[1].Key, runs[5].Key, runs[7].Key], trained.Where(before.Contains));
        var sweep = (await database.Store.FindAsync(id, Token))!;
        Assert.Equal(SweepStatus.Completed, sweep.Summary.Status);
        Assert.Equal(sweep.Specification.Expand().Select(r => r.Hash), sweep.Runs.Select(r => r.ConfigurationHash));
        Assert.All(sweep.Runs, r => Assert.Equal((RunOutcome.Finished, 40), (r.Outcome, r.Iterations)));
        foreach (var run in sweep.Runs)
        {
            await RecordedRun.AssertHoldsAsync(database, run.Id, 40);
        }

        Assert.Empty((await database.Control.FindMissingAsync(id, Token)).Runs);
    }

    [Fact]
    public async Task FindMissing_FailedRun_SaysWhatWentWrong()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 2, seeds: 1), Token);
        await database.Lifecycle.BeginAsync(id, Token);
        await database.Lifecycle.FailUnfinishedAsync(id, "The disk is full.", Token);

        var missing = await database.Control.FindMissingAsync(id, Token);

        Assert.All(missing.Runs, r => Assert.Equal((MissingReason.Failed, "The disk is full."), (r.Reason, r.Error)));
        Assert.Equal(2, missing.Runs.Count);
    }

    [Fact]
    public async Task FindMissing_DivergedRun_HasAResult()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await ControlledSweep.CompletedAsync(database, outcome: _ => RunOutcome.Diverged);

        var missing = await database.Control.FindMissingAsync(id, Token);

        Assert.Empty(missing.Runs);
        Assert.Equal(6, missing.WithResult);
    }

    [Fact]
    public async Task QueueMissing_SomebodyWasFaster_IsRefusedAndQueuesNothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await ControlledSweep.CompletedAsync(database, values: 2, seeds: 1);
        var runs = (await database.Store.FindAsync(id, Token))!.Runs;
        await database.Bin.DeleteRunAsync(runs[0].Id, Token);
        await database.Bin.DeleteRunAsync(runs[1].Id, Token);
        string[] seen = [.. (await database.Control.FindMissingAsync(id, Token)).Runs.Select(r => r.Point.ConfigurationHash)];
        await database.Bin.RestoreRunAsync(runs[1].Id, Token);

        var fault = await Assert.ThrowsAsync<InvalidInputException>(() => database.Control.QueueMissingAsync(id, seen, Token));

        Assert.StartsWith("1 of these 2 runs are not missing any more", fault.Message, StringComparison.Ordinal);
        Assert.Single((await database.Store.FindAsync(id, Token))!.Runs);
    }

    [Fact]
    public async Task QueueMissing_ManyAtOnce_QueuesEachRunOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await ControlledSweep.CompletedAsync(database, values: 3, seeds: 1);
        foreach (var run in (await database.Store.FindAsync(id, Token))!.Runs.Take(2))
        {
            await database.Bin.DeleteRunAsync(run.Id, Token);
        }

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                return await database.Control.QueueMissingAsync(id, null, Token);
            }
            catch (InvalidInputException)
            {
                return 0;
            }
        }));

        Assert.Equal([0, 0, 0, 0, 0, 2], outcomes.Order());
        Assert.Equal(2, (await database.Store.FindUnfinishedRunsAsync(id, Token)).Count);
    }

    [Fact]
    public async Task QueueMissing_NothingMissing_SaysSo()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await ControlledSweep.CompletedAsync(database);

        var fault = await Assert.ThrowsAsync<InvalidInputException>(() => database.Control.QueueMissingAsync(id, null, Token));

        Assert.StartsWith($"Nothing is missing of sweep {id}", fault.Message, StringComparison.Ordinal);
    }
}
