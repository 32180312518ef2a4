using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Data.Tests.Sweeps.Control;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Tests.Sweeps.Bin;

public sealed class BinTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task DeleteSweep_ThenRestore_HidesItEverywhereAndBringsItBackWhole(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var other = await ControlledSweep.CompletedAsync(database, values: 1, seeds: 1);
        var id = await ControlledSweep.CompletedAsync(database);
        var run = (await database.Store.FindAsync(id, Token))!.Runs[3].Id;

        await database.Bin.DeleteSweepAsync(id, Token);

        Assert.Equal([other], (await database.Store.ListAsync(Token)).Select(s => s.Id));
        Assert.Null(await database.Store.FindAsync(id, Token));
        Assert.Null(await database.Store.FindSweepOfRunAsync(run, Token));
        Assert.Null(await database.Curves.ReadAsync(run, MetricColumn.Loss, null, null, 100, Token));
        Assert.Null(await database.Iterates.ReadAsync(run, Token));
        Assert.Empty(await database.Store.FindUnfinishedRunsAsync(id, Token));
        Assert.Empty(await database.Bin.ListRunsAsync(null, Token));
        var binned = Assert.Single(await database.Bin.ListSweepsAsync(Token));
        Assert.Equal(
            (id, "A sweep", 6, SweepStatus.Completed, database.Time.GetUtcNow() + TimeSpan.FromDays(30)),
            (binned.Id, binned.Name, binned.Runs, binned.Status, binned.Until));
        Assert.Equal(
            $"Sweep {id} is in the bin; restore it first.",
            (await Assert.ThrowsAsync<InvalidInputException>(() => database.Bin.DeleteSweepAsync(id, Token))).Message);

        Assert.Equal(SweepStatus.Completed, await database.Bin.RestoreSweepAsync(id, Token));

        Assert.Empty(await database.Bin.ListSweepsAsync(Token));
        await RecordedRun.AssertHoldsAsync(database, run, 40);
        Assert.Equal(6, (await database.Store.FindAsync(id, Token))!.Runs.Count);
        await Assert.ThrowsAsync<InvalidInputException>(() => database.Bin.RestoreSweepAsync(id, Token));
    }

    [Fact]
    public async Task DeleteSweep_WhileItTrains_GoesOnFromItsCheckpointsOnceRestored()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 1, seeds: 1, iterations: 60), Token);
        var run = (await database.Lifecycle.BeginAsync(id, Token))!.Runs[0];
        var recorder = database.Recording.Open(() => { }, Token);
        recorder.Started(run, Sample.Provenance);
        recorder.Record(run, Sample.Segment(run.Key, 1, 30));
        await recorder.FlushAsync();

        await database.Bin.DeleteSweepAsync(id, Token);

        Assert.Null(await database.Lifecycle.BeginAsync(id, Token));
        Assert.Empty(await database.Lifecycle.RecoverAsync(Token));
        Assert.Equal(SweepStatus.Queued, await database.Bin.RestoreSweepAsync(id, Token));
        Assert.Equal([run.Key], await ControlledSweep.TrainAsync(database, id, 60));
        await RecordedRun.AssertHoldsAsync(database, run.Key, 60);
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task DeleteRun_ThenRestore_TakesItOutAndBringsItBack(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = await ControlledSweep.CompletedAsync(database);
        var runs = (await database.Store.FindAsync(id, Token))!.Runs;
        var before = (await database.Store.ListAsync(Token))[0];

        Assert.Equal(id, await database.Bin.DeleteRunAsync(runs[2].Id, Token));

        var after = (await database.Store.ListAsync(Token))[0];
        Assert.Equal((5, 5, before.FinishedAt), (after.Runs, after.RunsFinished, after.FinishedAt));
        Assert.NotEqual(before.Revision, after.Revision);
        Assert.DoesNotContain((await database.Store.FindAsync(id, Token))!.Runs, r => r.Id == runs[2].Id);
        var binned = await database.Bin.FindRunAsync(runs[2].Id, Token);
        Assert.Equal((id, "sgd-constant", 3.0, 0, RunOutcome.Finished), (binned!.SweepId, binned.Optimizer, binned.AxisValue, binned.Seed, binned.Outcome));

        Assert.Equal(id, await database.Bin.RestoreRunAsync(runs[2].Id, Token));

        Assert.Equal(runs.Select(r => r.Id), (await database.Store.FindAsync(id, Token))!.Runs.Select(r => r.Id));
        await RecordedRun.AssertHoldsAsync(database, runs[2].Id, 40);
    }

    [Fact]
    public async Task DeleteRun_TheOnlyOneThatFailed_LeavesASweepThatIsDone()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await ControlledSweep.CompletedAsync(database, outcome: r => r.Configuration is { AxisValue: 2, Seed: 1 } ? RunOutcome.Failed : RunOutcome.Finished);
        var failed = (await database.Store.FindAsync(id, Token))!.Runs.Single(r => r.Outcome == RunOutcome.Failed).Id;
        Assert.Equal(SweepStatus.Failed, await database.Control.FindStatusAsync(id, Token));

        await database.Bin.DeleteRunAsync(failed, Token);
        Assert.Equal(SweepStatus.Completed, await database.Control.FindStatusAsync(id, Token));
        await database.Bin.RestoreRunAsync(failed, Token);
        Assert.Equal(SweepStatus.Failed, await database.Control.FindStatusAsync(id, Token));
    }

    [Fact]
    public async Task RestoreRun_ReplacedMeanwhile_IsRefusedUntilItsSuccessorIsDeleted()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await ControlledSweep.CompletedAsync(database);
        var run = (await database.Store.FindAsync(id, Token))!.Runs[0].Id;
        await database.Bin.DeleteRunAsync(run, Token);
        await database.Control.QueueMissingAsync(id, null, Token);
        var successor = Assert.Single(await ControlledSweep.TrainAsync(database, id, 40));

        var fault = await Assert.ThrowsAsync<InvalidInputException>(() => database.Bin.RestoreRunAsync(run, Token));
        Assert.Contains($"replaced by run {successor}", fault.Message, StringComparison.Ordinal);
        await database.Bin.DeleteRunAsync(successor, Token);
        await database.Bin.RestoreRunAsync(run, Token);

        Assert.Equal(run, (await database.Store.FindAsync(id, Token))!.Runs[0].Id);
    }

    [Fact]
    public async Task RestoreRun_SweepWasExtendedMeanwhile_ComesBackToItsPlace()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await ControlledSweep.CompletedAsync(database, values: 2, seeds: 1);
        var run = (await database.Store.FindAsync(id, Token))!.Runs[1].Id;
        await database.Bin.DeleteRunAsync(run, Token);
        await database.Control.ExtendAsync(id, Training.Sweeps.Extension.ExtensionReader.Parse("""{ "optimizers": [ { "id": "sgd-constant", "values": [0.5] } ] }"""), Token);
        await ControlledSweep.TrainAsync(database, id, 40);

        await database.Bin.RestoreRunAsync(run, Token);

        var sweep = (await database.Store.FindAsync(id, Token))!;
        Assert.Equal([0.5, 1, 2], sweep.Runs.Select(r => r.AxisValue));
        Assert.Equal(run, sweep.Runs[2].Id);
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Purge_AfterThirtyDays_RemovesEverythingOfItAndNothingElse(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var kept = await ControlledSweep.CompletedAsync(database, values: 2, seeds: 1);
        var gone = await ControlledSweep.CompletedAsync(database, values: 2, seeds: 1);
        var keptRuns = (await database.Store.FindAsync(kept, Token))!.Runs;
        await database.Bin.DeleteSweepAsync(gone, Token);
        await database.Bin.DeleteRunAsync(keptRuns[0].Id, Token);

        database.Time.Now += BinPeriod.Length - TimeSpan.FromSeconds(1);
        Assert.Equal(0, await database.Bin.PurgeAsync(Token));
        await database.Bin.DeleteRunAsync(keptRuns[1].Id, Token);
        database.Time.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(2, await database.Bin.PurgeAsync(Token));

        Assert.Empty(await database.Bin.ListSweepsAsync(Token));
        Assert.Equal([keptRuns[1].Id], (await database.Bin.ListRunsAsync(kept, Token)).Select(r => r.Id));
        await using var context = database.OpenContext();
        Assert.Equal([keptRuns[1].Id], await context.Runs.IgnoreQueryFilters().Select(r => r.Id).ToListAsync(Token));
        Assert.All(await context.MetricChunks.Select(c => c.RunId).ToListAsync(Token), r => Assert.Equal(keptRuns[1].Id, r));
        Assert.All(await context.Evaluations.Select(c => c.RunId).ToListAsync(Token), r => Assert.Equal(keptRuns[1].Id, r));
        Assert.Equal(2, (await database.Control.FindMissingAsync(kept, Token)).Runs.Count);
    }
}
