using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Xunit;

namespace Stepsize.Training.Tests.Execution;

public sealed class CpuExecutorTests
{
    private const string Regression = """
        { "name": "small regression", "workload": "linreg-stochastic", "workloadOptions": { "rows": 60, "columns": 80 },
          "optimizers": [ { "id": "sgd-constant", "values": [0.001, 20, 50, 200] } ],
          "seeds": [0, 1], "batchSize": 20, "iterations": 300, "evaluateAtIterations": [10, 150] }
        """;

    [Fact]
    public async Task Train_OneThreadOrThree_SameBits()
    {
        var one = await TrainAsync(Regression, threads: 1);
        var three = await TrainAsync(Regression, threads: 3);
        for (var key = 0; key < 8; key++)
        {
            Assert.Equal(one.Losses(key), three.Losses(key));
            Assert.Equal(one.Evaluations(key), three.Evaluations(key));
        }
    }

    [Fact]
    public async Task Train_EveryIteration_RecordedOnceInOrder()
    {
        var recorder = await TrainAsync(Regression, threads: 2);
        for (var key = 1; key < 4; key++)
        {
            var next = 1;
            foreach (var segment in recorder.Segments(key))
            {
                Assert.Equal(next, segment.FirstIteration);
                next += segment.Count;
            }

            Assert.Equal(301, next);
            Assert.Equal([10, 150, 300], recorder.Evaluations(key).Select(e => e.Iteration));
            Assert.Equal(RunOutcome.Finished, recorder.Result(key).Outcome);
        }
    }

    [Fact]
    public async Task Train_StepsizeAboveTheCliff_DivergesAtItsFirstBadIterationAndStops()
    {
        var result = (await TrainAsync(Regression, threads: 2)).Result(0);
        Assert.Equal(RunOutcome.Diverged, result.Outcome);
        Assert.Equal(result.Iterations, result.FirstBadIteration);
        Assert.InRange(result.Iterations, 2, 200);
    }

    [Fact]
    public async Task Train_NotStoppedWhenDiverged_GoesOnAndKeepsTheFirstBadIteration()
    {
        var stopped = await TrainAsync(Regression, threads: 2);
        var recorder = await TrainAsync(Regression.Replace("\"seeds\"", "\"stopWhenDiverged\": false, \"seeds\""), threads: 2);
        Assert.Equal(300, recorder.Losses(0).Length);
        Assert.Equal(RunOutcome.Diverged, recorder.Result(0).Outcome);
        Assert.Equal(stopped.Result(0).FirstBadIteration, recorder.Result(0).FirstBadIteration);
        Assert.False(float.IsFinite(recorder.Losses(0)[^1]));
    }

    [Fact]
    public async Task Train_CancelledAndResumedFromItsCheckpoint_SameBitsAsUninterrupted()
    {
        var sweep = SpecificationReader.Parse(Regression.Replace("300", "200000").Replace("[0.001, 20, 50, 200]", "[100]").Replace("[0, 1]", "[0]"));
        var whole = await TrainAsync(sweep, Runs(sweep), CancellationToken.None);

        using var cancel = new CancellationTokenSource();
        var first = new MemoryRecorder { Recorded = (_, segment) => { if (segment.FirstIteration + segment.Count > 20) { cancel.Cancel(); } } };
        await TrainAsync(sweep, Runs(sweep), cancel.Token, first);
        var last = first.Segments(0)[^1];
        Assert.Null(last.Result);
        Assert.NotNull(last.Checkpoint);

        var resumed = await TrainAsync(sweep, [Runs(sweep)[0] with { ResumeFrom = last.Checkpoint }], CancellationToken.None);
        Assert.Equal(whole.Losses(0), first.Losses(0).Concat(resumed.Losses(0)));
        Assert.Equal(whole.Evaluations(0), first.Evaluations(0).Concat(resumed.Evaluations(0)));
    }

    [Fact]
    public async Task Train_CheckpointOfAnotherShape_FailsWithASentence()
    {
        var sweep = SpecificationReader.Parse(Regression);
        var recorder = await TrainAsync(sweep, [Runs(sweep)[1] with { ResumeFrom = new RunCheckpoint(5, new byte[3], 1) }], CancellationToken.None);
        var result = recorder.Result(1);
        Assert.Equal(RunOutcome.Failed, result.Outcome);
        Assert.Contains("another version", result.Error, StringComparison.Ordinal);
        Assert.Equal(5, result.Iterations);
    }

    [Fact]
    public async Task Train_RecorderThatThrows_FaultsTheTaskAndSparesTheThreads()
    {
        var sweep = SpecificationReader.Parse(Regression);
        using var pool = new TrainingPool(1);
        var executor = new CpuExecutor(pool, new DatasetFolders([]), TimeProvider.System);
        var broken = new MemoryRecorder { Recorded = (_, _) => throw new IOException("The disk is full.") };
        await Assert.ThrowsAsync<IOException>(() => executor.TrainAsync(Cohort.Of(sweep, Runs(sweep)), broken, CancellationToken.None));
        var sound = new MemoryRecorder();
        await executor.TrainAsync(Cohort.Of(sweep, Runs(sweep)), sound, CancellationToken.None);
        Assert.Equal(RunOutcome.Finished, sound.Result(1).Outcome);
    }

    [Fact]
    public async Task Train_SameSeed_SameInitialWeightsForEveryAxisValue()
    {
        var recorder = await TrainAsync(Regression, threads: 2);
        Assert.Equal(recorder.Provenance[0].InitialWeights, recorder.Provenance[3].InitialWeights);
        Assert.NotEqual(recorder.Provenance[0].InitialWeights, recorder.Provenance[4].InitialWeights);
    }

    private static Task<MemoryRecorder> TrainAsync(string json, int threads)
    {
        var sweep = SpecificationReader.Parse(json);
        return TrainAsync(sweep, Runs(sweep), CancellationToken.None, threads: threads);
    }

    private static CohortRun[] Runs(SweepSpecification sweep) => [.. sweep.Expand().Select((configuration, i) => new CohortRun(i, configuration))];

    private static async Task<MemoryRecorder> TrainAsync(
        SweepSpecification sweep, IReadOnlyList<CohortRun> runs, CancellationToken cancellation, MemoryRecorder? recorder = null, int threads = 1)
    {
        recorder ??= new MemoryRecorder();
        using var pool = new TrainingPool(threads);
        await new CpuExecutor(pool, new DatasetFolders([]), TimeProvider.System).TrainAsync(Cohort.Of(sweep, runs), recorder, cancellation);
        return recorder;
    }
}
