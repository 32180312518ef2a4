using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Recording;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Tests.Recording;

public sealed class CohortRecorderTests
{
    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Record_ManyRunsFromManyThreads_StoresEachExactly(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var runs = await RunsAsync(database, values: 8, iterations: 700);
        var recorder = database.Recording.Open(() => { }, Token);

        await Task.WhenAll(runs.Select((run, i) => Task.Run(() => Sample.Train(recorder, run, 700, 10 + i), Token)));
        await recorder.FlushAsync();

        Assert.Null(recorder.FirstFailure);
        foreach (var run in runs)
        {
            await RecordedRun.AssertHoldsAsync(database, run.Key, 700);
        }

        await using var context = database.OpenContext();
        Assert.Equal(0, await context.Checkpoints.CountAsync(Token));
        Assert.All(await context.Runs.ToListAsync(Token), r => Assert.Equal(RunStatus.Finished, r.Status));
    }

    [Theory]
    [ClassData(typeof(Providers))]
    public async Task Record_CrashesAtAnyMoment_LosesAndRepeatsNoIteration(Provider provider)
    {
        const int Iterations = 2_000;
        var random = new Random(20261121);
        await using var database = await TestDatabase.CreateAsync(provider);
        await RunsAsync(database, values: 1, iterations: Iterations);
        var sittings = 0;
        while (await NextRunAsync() is { } run)
        {
            sittings++;
            var recorder = database.Recording.Open(() => { }, Token);
            TrainUntilCrash(recorder, run);
            await recorder.FlushAsync();
            Assert.Null(recorder.FirstFailure);
        }

        Assert.True(sittings > 10, $"There were only {sittings} sittings.");
        await RecordedRun.AssertHoldsAsync(database, run: 1, Iterations);

        async Task<CohortRun?> NextRunAsync() => (await database.Store.FindUnfinishedRunsAsync(1, Token)).SingleOrDefault();

        // Segments of any length, some without a checkpoint: what follows the last checkpoint has to be made again.
        void TrainUntilCrash(CohortRecorder recorder, CohortRun run)
        {
            recorder.Started(run, Sample.Provenance);
            var made = run.ResumeFrom?.Iteration ?? 0;
            Assert.Equal(run.ResumeFrom is null ? null : Sample.State(run.Key, made), run.ResumeFrom?.State);
            for (var left = random.Next(8); left > 0 && made < Iterations; left--)
            {
                var last = Math.Min(Iterations, made + random.Next(1, 60));
                recorder.Record(run, Sample.Segment(run.Key, made + 1, last, last == Iterations ? Sample.Result(last) : null, checkpoint: random.Next(3) > 0));
                made = last;
            }
        }
    }

    [Fact]
    public async Task Record_TellsWhenItIsCommitted()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = (await RunsAsync(database, values: 1, iterations: 10))[0];
        var iterations = new List<int>();
        var recorder = database.Recording.Open(() =>
        {
            using var context = database.OpenContext();
            iterations.Add(context.Runs.Single().Iterations);
        }, Token);

        recorder.Started(run, Sample.Provenance);
        await recorder.FlushAsync();
        recorder.Record(run, Sample.Segment(run.Key, 1, 4));
        await recorder.FlushAsync();

        Assert.Equal([0, 4], iterations);
    }

    [Fact]
    public async Task Dispose_SegmentsStillQueued_WritesThemFirst()
    {
        await using var database = await TestDatabase.CreateAsync();
        var runs = await RunsAsync(database, values: 20, iterations: 200);
        var recorder = database.Recording.Open(() => { }, Token);
        foreach (var run in runs)
        {
            Sample.Train(recorder, run, 200, 20);
        }

        await database.RestartAsync();

        foreach (var run in runs)
        {
            await RecordedRun.AssertHoldsAsync(database, run.Key, 200);
        }

        Assert.Throws<InvalidOperationException>(() => recorder.Started(runs[0], Sample.Provenance));
    }

    [Fact]
    public async Task Record_FailureBeforeTheFirstIteration_EndsTheRun()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = (await RunsAsync(database, values: 1, iterations: 10))[0];
        var recorder = database.Recording.Open(() => { }, Token);

        recorder.Record(run, new RunSegment(1, [], [], [], null, [], null, new RunResult(RunOutcome.Failed, 0, null, 0, Error: "The checkpoint does not fit.")));
        await recorder.FlushAsync();

        await using var context = database.OpenContext();
        var stored = await context.Runs.SingleAsync(Token);
        Assert.Equal((RunStatus.Finished, RunOutcome.Failed, "The checkpoint does not fit."), (stored.Status, stored.Outcome, stored.Error));
    }

    [Fact]
    public async Task Record_EvaluationMadeAgainAfterACheckpoint_IsStoredOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = (await RunsAsync(database, values: 1, iterations: 10))[0];
        var recorder = database.Recording.Open(() => { }, Token);
        recorder.Started(run, Sample.Provenance);
        recorder.Record(run, Sample.Segment(run.Key, 1, 10));
        recorder.Record(run, new RunSegment(11, [], [], [], null, [Sample.Evaluation(run.Key, 10)], null, Sample.Result(10)));
        await recorder.FlushAsync();

        Assert.Null(recorder.FirstFailure);
        await RecordedRun.AssertHoldsAsync(database, run.Key, 10);
        Assert.Single((await database.Store.FindAsync(1, Token))!.Runs[0].Evaluations);
    }

    [Fact]
    public async Task Record_SegmentOutOfSequence_IsRefusedAndNotWritten()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = (await RunsAsync(database, values: 1, iterations: 100))[0];
        var recorder = database.Recording.Open(() => { }, Token);
        recorder.Started(run, Sample.Provenance);
        recorder.Record(run, Sample.Segment(run.Key, 1, 10));

        Assert.Throws<ArgumentException>(() => recorder.Record(run, Sample.Segment(run.Key, 10, 20)));
        Assert.Throws<ArgumentException>(() => recorder.Record(run, Sample.Segment(run.Key, 12, 20)));
        Assert.Throws<ArgumentException>(() => recorder.Record(run, Sample.Segment(run.Key, 11, 20) with { Loss = [1] }));
        Assert.Throws<ArgumentException>(() => recorder.Record(run, Sample.Segment(run.Key, 11, 20) with { Checkpoint = new RunCheckpoint(19, [], 0) }));

        await recorder.FlushAsync();
        await RecordedRun.AssertHoldsAsync(database, run.Key, 10);
    }

    private static async Task<IReadOnlyList<CohortRun>> RunsAsync(TestDatabase database, int values, int iterations)
    {
        var id = await database.Store.CreateAsync(Sample.Sweep(values, seeds: 1, iterations), Token);
        return await database.Store.FindUnfinishedRunsAsync(id, Token);
    }
}
