using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Tests.Sweeps;

public sealed class SweepStoreTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Create_Grid_StoresAQueuedRunForEveryPoint(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var specification = Sample.Sweep(values: 3, seeds: 2, iterations: 500);

        var id = await database.Store.CreateAsync(specification, Token);

        var sweep = await database.Store.FindAsync(id, Token);
        Assert.NotNull(sweep);
        Assert.Equal(SpecificationWriter.ToJson(specification).ToJsonString(), SpecificationWriter.ToJson(sweep.Specification).ToJsonString());
        Assert.Equal(SweepStatus.Queued, sweep.Summary.Status);
        Assert.Equal(database.Time.Now, sweep.Summary.CreatedAt);
        Assert.Equal([(0, 1.0), (0, 2), (0, 3), (1, 1), (1, 2), (1, 3)], sweep.Runs.Select(r => (r.Seed, r.AxisValue)));
        Assert.Equal(specification.Expand().Select(c => c.Hash), sweep.Runs.Select(r => r.ConfigurationHash));
        Assert.All(sweep.Runs, r => Assert.Equal((RunStatus.Queued, 0, 500, (RunOutcome?)null), (r.Status, r.Iterations, r.IterationsPlanned, r.Outcome)));
    }

    [Fact]
    public async Task Create_Cancelled_StoresNothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var cancellation = new CancellationTokenSource();
        var large = Sample.Sweep(values: 5_000, seeds: 10, iterations: 100);
        var creating = Task.Run(() => database.Store.CreateAsync(large, cancellation.Token), Token);
        await Task.Delay(50, Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating);

        await using var context = database.OpenContext();
        Assert.Equal(0, await context.Sweeps.CountAsync(Token));
        Assert.Equal(0, await context.Runs.CountAsync(Token));
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Find_FinishedRun_HasAllThatWasRecorded(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 1, seeds: 1, iterations: 100), Token);
        var run = (await database.Store.FindUnfinishedRunsAsync(id, Token))[0];
        var recorder = database.Recording.Open(() => { }, Token);
        Sample.Train(recorder, run, iterations: 100, length: 40, RunOutcome.Diverged);
        await recorder.FlushAsync();

        var row = Assert.Single((await database.Store.FindAsync(id, Token))!.Runs);

        Assert.Null(recorder.FirstFailure);
        Assert.Equal((RunStatus.Finished, RunOutcome.Diverged, 100, 100, 0.1), (row.Status, row.Outcome, row.FirstBadIteration, row.Iterations, row.Seconds));
        Assert.Equal([1.5, double.NaN], row.FinalParameters);
        Assert.Equal([40, 80, 100], row.Evaluations.Select(e => e.Iteration));
        Assert.Equal(Sample.Evaluation(run.Key, 80), row.Evaluations[1]);
        Assert.Equal(Sample.Provenance.DataChecksums, row.Provenance!.DataChecksums);
        Assert.Equal(Sample.Provenance.InitialWeights, row.Provenance.InitialWeights);
        Assert.Equal(id, await database.Store.FindSweepOfRunAsync(row.Id, Token));
    }

    [Fact]
    public async Task Find_Unknown_IsNull()
    {
        await using var database = await TestDatabase.CreateAsync();

        Assert.Null(await database.Store.FindAsync(7, Token));
        Assert.Null(await database.Store.FindSweepOfRunAsync(7, Token));
        Assert.Empty(await database.Store.FindUnfinishedRunsAsync(7, Token));
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task List_SomeProgress_CountsRunsAndTellsTheTimeLeft(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var first = await database.Store.CreateAsync(Sample.Sweep(name: "first"), Token);
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 4, seeds: 1, iterations: 100, name: "second"), Token);
        await database.Store.SetStatusAsync(id, SweepStatus.Running, Token);
        var runs = await database.Store.FindUnfinishedRunsAsync(id, Token);
        var recorder = database.Recording.Open(() => { }, Token);
        Sample.Train(recorder, runs[0], 100, 50);
        recorder.Started(runs[1], Sample.Provenance);
        recorder.Record(runs[1], Sample.Segment(runs[1].Key, 1, 10, Sample.Result(10, RunOutcome.Diverged)));
        recorder.Started(runs[2], Sample.Provenance);
        recorder.Record(runs[2], Sample.Segment(runs[2].Key, 1, 40));
        await recorder.FlushAsync();
        database.Time.Now += TimeSpan.FromSeconds(15);

        var list = await database.Store.ListAsync(Token);

        Assert.Equal([id, first], list.Select(s => s.Id));
        var summary = list[0];
        Assert.Equal(("second", "quadratic-2d", SweepStatus.Running), (summary.Name, summary.Workload, summary.Status));
        Assert.Equal((4, 2, 1, 0), (summary.Runs, summary.RunsFinished, summary.RunsDiverged, summary.RunsFailed));
        Assert.Equal(0.6, summary.Progress, 12); // 100 + 100 (ended early) + 40 + 0 of 400.

        // 150 iterations in 15 s, 60 + 100 left.
        Assert.Equal(TimeSpan.FromSeconds(16), summary.Remaining);
        Assert.Equal(0, list[1].Progress);
        Assert.Null(list[1].Remaining);
    }

    [Fact]
    public async Task List_ResumedAfterAPause_MeasuresThePaceSinceThen()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 1, seeds: 1, iterations: 1000), Token);
        await database.Store.SetStatusAsync(id, SweepStatus.Running, Token);
        var run = (await database.Store.FindUnfinishedRunsAsync(id, Token))[0];
        var recorder = database.Recording.Open(() => { }, Token);
        recorder.Started(run, Sample.Provenance);
        recorder.Record(run, Sample.Segment(run.Key, 1, 100));
        await recorder.FlushAsync();
        await database.Store.SetStatusAsync(id, SweepStatus.Paused, Token);
        database.Time.Now += TimeSpan.FromDays(1);
        await database.Store.SetStatusAsync(id, SweepStatus.Running, Token);
        Assert.Null((await database.Store.ListAsync(Token))[0].Remaining);

        recorder.Record(run, Sample.Segment(run.Key, 101, 200));
        await recorder.FlushAsync();
        database.Time.Now += TimeSpan.FromSeconds(10);

        Assert.Equal(TimeSpan.FromSeconds(80), (await database.Store.ListAsync(Token))[0].Remaining);
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task SetStatus_ThroughItsLife_KeepsTheTimes(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var id = await database.Store.CreateAsync(Sample.Sweep(), Token);
        var started = database.Time.Now += TimeSpan.FromMinutes(1);
        await database.Store.SetStatusAsync(id, SweepStatus.Running, Token);
        database.Time.Now += TimeSpan.FromMinutes(1);
        await database.Store.SetStatusAsync(id, SweepStatus.Running, Token);
        var finished = database.Time.Now += TimeSpan.FromMinutes(1);
        await database.Store.SetStatusAsync(id, SweepStatus.Completed, Token);

        var summary = (await database.Store.ListAsync(Token))[0];

        Assert.Equal((SweepStatus.Completed, started, finished), (summary.Status, summary.StartedAt!.Value, summary.FinishedAt!.Value));
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Cancel_RunningSweep_CutsUnfinishedRunsShortAndKeepsTheRest(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var other = await database.Store.CreateAsync(Sample.Sweep(), Token);
        var id = await database.Store.CreateAsync(Sample.Sweep(values: 3, seeds: 1, iterations: 100), Token);
        var runs = await database.Store.FindUnfinishedRunsAsync(id, Token);
        var recorder = database.Recording.Open(() => { }, Token);
        Sample.Train(recorder, runs[0], 100, 50);
        recorder.Started(runs[1], Sample.Provenance);
        recorder.Record(runs[1], Sample.Segment(runs[1].Key, 1, 40));
        await recorder.FlushAsync();

        await database.Store.CancelAsync(id, Token);

        var sweep = (await database.Store.FindAsync(id, Token))!;
        Assert.Equal(SweepStatus.Cancelled, sweep.Summary.Status);
        Assert.NotNull(sweep.Summary.FinishedAt);
        Assert.Equal([RunOutcome.Finished, RunOutcome.CutShort, RunOutcome.CutShort], sweep.Runs.Select(r => r.Outcome));
        Assert.Equal([100, 40, 0], sweep.Runs.Select(r => r.Iterations));
        Assert.Empty(await database.Store.FindUnfinishedRunsAsync(id, Token));
        await using var context = database.OpenContext();
        Assert.Equal(0, await context.Checkpoints.CountAsync(Token));
        Assert.Equal(6, (await database.Store.FindUnfinishedRunsAsync(other, Token)).Count);
    }

    [Fact]
    public async Task Cancel_CompletedSweep_ChangesNothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await database.Store.CreateAsync(Sample.Sweep(), Token);
        await database.Store.SetStatusAsync(id, SweepStatus.Completed, Token);
        database.Time.Now += TimeSpan.FromHours(1);

        await database.Store.CancelAsync(id, Token);

        var summary = (await database.Store.ListAsync(Token))[0];
        Assert.Equal(SweepStatus.Completed, summary.Status);
        Assert.NotEqual(database.Time.Now, summary.FinishedAt);
    }
}
