using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Xunit;

namespace Stepsize.Training.Tests.Execution;

/// <summary>Runs that are trained together get the bits that each gets alone, whatever becomes of the others.</summary>
public sealed class LockstepTests
{
    private const string Optimizers = """
        "optimizers": [ { "id": "adagrad-norm", "axis": "b0", "values": [0.1, 1, 10], "options": { "eta": 1 } }, { "id": "sgd-constant", "values": [0.01, 1, 1e-300] },
                        { "id": "adam", "values": [0.001, 0.1] }, { "id": "gd-linesearch", "values": [0.1, 1] } ], "seeds": [3]
        """;

    [Theory]
    [InlineData("""{ "name": "a", "workload": "linreg-stochastic", "workloadOptions": { "rows": 50, "columns": 83 }, "batchSize": 18, "iterations": 40, "evaluateAtIterations": [7] """)]
    [InlineData("""{ "name": "a", "workload": "mnist-logreg", "workloadOptions": { "trainLimit": 900 }, "batchSize": 150, "epochs": 2, "evaluateAtEpochs": [1] """)]
    [InlineData("""{ "name": "a", "workload": "mnist-fulconn2", "workloadOptions": { "trainLimit": 600 }, "batchSize": 200, "epochs": 2 """)]
    [InlineData("""{ "name": "a", "workload": "mnist-mlp", "workloadOptions": { "trainLimit": 600, "depth": "6" }, "batchSize": 64, "iterations": 5 """)]
    [InlineData("""{ "name": "a", "workload": "linreg-stochastic", "workloadOptions": { "rows": 50, "columns": 83, "precision": "float" }, "batchSize": 18, "iterations": 40 """)]
    [InlineData("""{ "name": "a", "workload": "linreg-stochastic", "workloadOptions": { "rows": 53, "columns": 83, "lastBatch": "used" }, "batchSize": 18, "iterations": 40 """)]
    [InlineData("""{ "name": "a", "workload": "mnist-logreg", "workloadOptions": { "trainLimit": 901, "lastBatch": "used" }, "batchSize": 150, "epochs": 2, "evaluateAtEpochs": [1] """)]
    [InlineData("""{ "name": "a", "workload": "mnist-fulconn2", "workloadOptions": { "trainLimit": 650, "lastBatch": "used", "precision": "double" }, "batchSize": 200, "epochs": 2 """)]
    public async Task Train_TogetherOrAlone_SameBits(string workload)
    {
        var sweep = SpecificationReader.Parse($"{workload}, {Optimizers} }}");
        var runs = Runs(sweep);
        var together = await TrainAsync(sweep, runs);
        foreach (var run in runs)
        {
            var alone = await TrainAsync(sweep, [run]);
            Assert.Equal(alone.Losses(run.Key), together.Losses(run.Key));
            Assert.Equal(alone.Stepsizes(run.Key), together.Stepsizes(run.Key));
            Assert.Equal(alone.Evaluations(run.Key), together.Evaluations(run.Key));
            Assert.Equal(alone.Result(run.Key) with { Seconds = 0, FinalParameters = null }, together.Result(run.Key) with { Seconds = 0, FinalParameters = null });
            Assert.Equal(alone.Provenance[run.Key].InitialWeights, together.Provenance[run.Key].InitialWeights);
        }

        Assert.Contains(runs, r => together.Result(r.Key).Outcome == RunOutcome.Diverged);
        Assert.Contains(runs, r => together.Result(r.Key).Outcome != RunOutcome.Diverged);
    }

    [Fact]
    public async Task Train_OneStopped_EndsAloneAndTheOthersGoOn()
    {
        var sweep = SpecificationReader.Parse(Long);
        var whole = await TrainAsync(sweep, Runs(sweep));

        using var stop = new CancellationTokenSource();
        var runs = Runs(sweep);
        runs[1] = runs[1] with { Stop = stop.Token };
        var recorder = new MemoryRecorder { Recorded = (run, segment) => { if (run.Key == 0 && segment.FirstIteration > 1) { stop.Cancel(); } } };
        await TrainAsync(sweep, runs, recorder);

        Assert.Equal(RunOutcome.CutShort, recorder.Result(1).Outcome);
        Assert.InRange(recorder.Losses(1).Length, 500, 1999);
        Assert.Equal(recorder.Losses(1).Length, recorder.Result(1).Iterations);
        Assert.Equal(whole.Losses(1)[..recorder.Losses(1).Length], recorder.Losses(1));
        Assert.Equal(whole.Losses(0), recorder.Losses(0));
        Assert.Equal(whole.Losses(2), recorder.Losses(2));
    }

    [Fact]
    public async Task Train_AllCancelled_GoOnFromTheirCheckpointsToTheSameBits()
    {
        var sweep = SpecificationReader.Parse(Long);
        var whole = await TrainAsync(sweep, Runs(sweep));

        using var cancel = new CancellationTokenSource();
        var first = new MemoryRecorder { Recorded = (_, segment) => { if (segment.FirstIteration > 1) { cancel.Cancel(); } } };
        await TrainAsync(sweep, Runs(sweep), first, cancel);
        Assert.All(Runs(sweep), r => Assert.Null(first.Segments(r.Key)[^1].Result));

        var second = await TrainAsync(sweep, [.. Runs(sweep).Select(r => r with { ResumeFrom = first.Segments(r.Key)[^1].Checkpoint })]);
        foreach (var run in Runs(sweep))
        {
            Assert.Equal(whole.Losses(run.Key), first.Losses(run.Key).Concat(second.Losses(run.Key)));
        }
    }

    [Fact]
    public async Task Train_OneThatCannotGoOn_FailsAlone()
    {
        var sweep = SpecificationReader.Parse(Long);
        var runs = Runs(sweep);
        runs[0] = runs[0] with { ResumeFrom = new RunCheckpoint(0, new byte[5], 0) };
        var recorder = await TrainAsync(sweep, runs);
        Assert.Equal(RunOutcome.Failed, recorder.Result(0).Outcome);
        Assert.Equal(2000, recorder.Result(1).Iterations);
        Assert.Equal(2000, recorder.Result(2).Iterations);
    }

    [Fact]
    public async Task Train_Together_TimeIsSharedAmongThem()
    {
        var sweep = SpecificationReader.Parse(Long);
        var began = TimeProvider.System.GetTimestamp();
        var recorder = await TrainAsync(sweep, Runs(sweep));
        var elapsed = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        Assert.InRange(Runs(sweep).Sum(r => recorder.Result(r.Key).Seconds), 1e-6, elapsed);
    }

    [Fact]
    public async Task Train_Together_OptimizersThatTakeLongerAreChargedMore()
    {
        var sweep = SpecificationReader.Parse("""
            { "name": "times", "workload": "linreg-stochastic", "workloadOptions": { "rows": 300, "columns": 1000 }, "batchSize": 150, "iterations": 640,
              "optimizers": [ { "id": "sgd-constant", "values": [1000] }, { "id": "gd-linesearch", "values": [0.001] } ], "seeds": [1] }
            """);
        var recorder = await TrainAsync(sweep, Runs(sweep));
        Assert.Equal((640, 640), (recorder.Result(0).Iterations, recorder.Result(1).Iterations));
        Assert.True(recorder.Result(1).Seconds > 1.2 * recorder.Result(0).Seconds, $"{recorder.Result(0).Seconds} s and {recorder.Result(1).Seconds} s");
    }

    private const string Long = """
        { "name": "long", "workload": "linreg-stochastic", "workloadOptions": { "rows": 60, "columns": 80 }, "batchSize": 20, "iterations": 2000,
          "evaluateAtIterations": [250, 500, 1000, 1500], "optimizers": [ { "id": "adagrad-norm", "values": [1, 10, 100] } ], "seeds": [1] }
        """;

    private static CohortRun[] Runs(SweepSpecification sweep) => [.. sweep.Expand().Select((configuration, i) => new CohortRun(i, configuration))];

    private static async Task<MemoryRecorder> TrainAsync(
        SweepSpecification sweep, IReadOnlyList<CohortRun> runs, MemoryRecorder? recorder = null, CancellationTokenSource? cancellation = null)
    {
        recorder ??= new MemoryRecorder();
        using var pool = new TrainingPool(1);
        await new CpuExecutor(pool, RepositoryFiles.Datasets, TimeProvider.System).TrainAsync(Cohort.Of(sweep, runs), recorder, cancellation?.Token ?? TestContext.Current.CancellationToken);
        return recorder;
    }
}
