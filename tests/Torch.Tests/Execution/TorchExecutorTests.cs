using Stepsize.Training.Execution;
using Stepsize.Training.Tests.Execution;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Torch.Tests.Execution;

public sealed class TorchExecutorTests
{
    /// <summary>Of several kinds, in an order in which a kind comes twice.</summary>
    private const string Several = """
        { "id": "sgd-constant", "values": [0.5, 5] }, { "id": "adam", "values": [0.001, 0.05, 0.3] }, { "id": "adagrad-norm", "values": [0.1] },
        { "id": "sgd-constant", "values": [2], "options": { "eta": 2 } }
        """;

    [Fact]
    public async Task Train_InDouble_RecordsWhatTheCpuEngineRecords()
    {
        var trainings = new Trainings(new SmallWorkload(SmallWorkload.TwoLayers, inDouble: true), Several);
        await AssertAgreeAsync(trainings, 1e-9);
    }

    [Fact]
    public async Task Train_StatisticsAndDropout_RecordsWhatTheCpuEngineRecords()
    {
        var trainings = new Trainings(new SmallWorkload(SmallWorkload.WithState, inDouble: true), Several, "\"iterations\": 20");
        await AssertAgreeAsync(trainings, 1e-7);
    }

    [Fact]
    public async Task Train_CarriedStates_RecordsWhatTheCpuEngineRecords()
    {
        var trainings = new Trainings(new SmallWorkload(SmallWorkload.Words, inDouble: true, readsInOrder: true), """{ "id": "sgd-momentum", "values": [1, 4] }""", "\"epochs\": 4");
        await AssertAgreeAsync(trainings, 1e-8);
    }

    /// <summary>Small forms of the networks that need a GPU at their published size.</summary>
    [Theory]
    [InlineData("cifar10-resnet18")]
    [InlineData("imagenet-resnet34")]
    [InlineData("vit-s16-cifar100-finetune")]
    public async Task Train_SmallNetworkOfAPhotographWorkload_RecordsWhatTheCpuEngineRecords(string id)
    {
        var workload = new SmallWorkload(Networks.RegisteredNetworks.All[id](), inDouble: true, train: 16, test: 6);
        var trainings = new Trainings(workload, """{ "id": "sgd-momentum", "values": [100, 200] }, { "id": "sgdm-ng", "values": [0.001] }""", "\"iterations\": 4", batchSize: 4);
        await AssertAgreeAsync(trainings, 1e-6);
    }

    [Fact]
    public async Task Train_LastBatchThatIsNotFull_IsUsed()
    {
        var trainings = new Trainings(
            new SmallWorkload(SmallWorkload.TwoLayers, inDouble: true), """{ "id": "adaloss", "values": [1, 4] }""",
            "\"epochs\": 3, \"workloadOptions\": { \"lastBatch\": \"used\" }", batchSize: 25);
        await AssertAgreeAsync(trainings, 1e-9);
        Assert.Equal(9, (await trainings.OnTorchAsync()).Losses(0).Length);
    }

    [Fact]
    public async Task Train_EveryIteration_RecordedOnceInOrderAndStartedOnce()
    {
        var trainings = new Trainings(new SmallWorkload(SmallWorkload.TwoLayers, inDouble: false), Several) { Time = new SteppedTime(TimeSpan.FromSeconds(0.3)) };
        var recorder = await trainings.OnTorchAsync();
        Assert.Equal(trainings.Runs.Length, recorder.Provenance.Count);
        foreach (var run in trainings.Runs)
        {
            var next = 1;
            foreach (var segment in recorder.Segments(run.Key))
            {
                Assert.Equal(next, segment.FirstIteration);
                Assert.Equal(segment.Result is null, segment.Checkpoint is not null);
                next += segment.Count;
            }

            Assert.InRange(recorder.Segments(run.Key).Count, 6, 61);
            Assert.Equal(61, next);
            Assert.Equal([7, 30, 60], recorder.Evaluations(run.Key).Select(e => e.Iteration));
            Assert.Equal(("torch 2.10 cpu fp32", 64), (recorder.Provenance[run.Key].Engine, recorder.Provenance[run.Key].InitialWeights.Length));
            Assert.True(recorder.Result(run.Key).Seconds > 0);
        }
    }

    /// <summary>Some of the runs become infinite, each at an iteration of its own, and are measured with the parameters that they have then.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Train_StepsizesThatDiverge_SameFirstBadIterationsAsTheCpuEngine(bool stops)
    {
        var trainings = new Trainings(
            new SmallWorkload(SmallWorkload.TwoLayers, inDouble: false), """{ "id": "sgd-constant", "values": [1, 1e-9, 1e-37, 1e-38, 0.5, 2, 3] }""",
            $"\"iterations\": 200, \"stopWhenDiverged\": {(stops ? "true" : "false")}");
        var (torch, cpu) = (await trainings.OnTorchAsync(), await trainings.OnCpuAsync());
        var bad = 0;
        foreach (var run in trainings.Runs)
        {
            var (actual, expected) = (torch.Result(run.Key), cpu.Result(run.Key));
            Assert.Equal((expected.Outcome, expected.FirstBadIteration, expected.Iterations), (actual.Outcome, actual.FirstBadIteration, actual.Iterations));
            Assert.Equal(expected.Iterations, torch.Losses(run.Key).Length);
            bad += actual.FirstBadIteration is null ? 0 : 1;
        }

        Assert.InRange(bad, 2, trainings.Runs.Length - 2);
    }

    [Fact]
    public async Task Train_OneRunStopped_IsCutShortAndTheOthersGoOn()
    {
        using var stop = new CancellationTokenSource();
        var trainings = new Trainings(new SmallWorkload(SmallWorkload.TwoLayers, inDouble: false), Several) { Time = new SteppedTime(TimeSpan.FromSeconds(0.3)) };
        CohortRun[] runs = [.. trainings.Runs.Select(r => r.Key == 2 ? r with { Stop = stop.Token } : r)];
        var recorder = new MemoryRecorder { Recorded = (run, segment) => { if (run.Key == 2 && segment.FirstIteration > 5) { stop.Cancel(); } } };
        await trainings.OnTorchAsync(runs, recorder: recorder);
        var undisturbed = await trainings.OnTorchAsync();
        var cut = recorder.Result(2);
        Assert.Equal(RunOutcome.CutShort, cut.Outcome);
        Assert.InRange(cut.Iterations, 6, 59);
        Assert.Equal(undisturbed.Losses(2)[..cut.Iterations], recorder.Losses(2));
        Assert.All(runs.Where(r => r.Key != 2), run => Assert.Equal(undisturbed.Losses(run.Key), recorder.Losses(run.Key)));
    }

    [Theory]
    [InlineData("two-layers")]
    [InlineData("state")]
    [InlineData("words")]
    public async Task Train_CancelledAndResumed_SameBitsAsUninterrupted(string network)
    {
        var workload = network switch
        {
            "state" => new SmallWorkload(SmallWorkload.WithState, inDouble: false),
            "words" => new SmallWorkload(SmallWorkload.Words, inDouble: false, readsInOrder: true),
            _ => new SmallWorkload(SmallWorkload.TwoLayers, inDouble: false),
        };
        var trainings = new Trainings(workload, Several) { Time = new SteppedTime(TimeSpan.FromSeconds(0.3)) };
        var whole = await trainings.OnTorchAsync();

        using var cancel = new CancellationTokenSource();
        var first = new MemoryRecorder { Recorded = (run, segment) => { if (run.Key >= 7 && segment.FirstIteration > 10) { cancel.Cancel(); } } };
        await trainings.OnTorchAsync(null, cancel, first);
        Assert.All(trainings.Runs.Where(r => r.Key >= 7), run => Assert.Null(first.Segments(run.Key)[^1].Result));

        CohortRun[] rest = [.. trainings.Runs.Where(r => r.Key >= 7).Select(r => r with { ResumeFrom = first.Segments(r.Key)[^1].Checkpoint })];
        var second = await trainings.OnTorchAsync(rest);
        foreach (var run in trainings.Runs)
        {
            Assert.Equal(whole.Losses(run.Key), first.Losses(run.Key).Concat(second.Losses(run.Key)));
            Assert.Equal(whole.Stepsizes(run.Key), first.Stepsizes(run.Key).Concat(second.Stepsizes(run.Key)));
            Assert.Equal(whole.Evaluations(run.Key), first.Evaluations(run.Key).Concat(second.Evaluations(run.Key)));
        }
    }

    [Fact]
    public async Task Train_CheckpointsOfTheOtherEngine_AreRefusedByBoth()
    {
        var trainings = new Trainings(new SmallWorkload(SmallWorkload.TwoLayers, inDouble: false), Several) { Time = new SteppedTime(TimeSpan.FromSeconds(0.3)) };
        var (torch, cpu) = (await trainings.OnTorchAsync(), await trainings.OnCpuAsync());
        CohortRun With(MemoryRecorder from) => trainings.Runs[0] with { ResumeFrom = from.Segments(0)[0].Checkpoint };
        var nameless = trainings.Runs[1] with { ResumeFrom = new RunCheckpoint(3, new byte[64], 1) };

        var onTorch = await trainings.OnTorchAsync([With(cpu), nameless, trainings.Runs[2]]);
        var onCpu = await trainings.OnCpuAsync([With(torch)]);
        Assert.Equal(RunOutcome.Failed, onTorch.Result(0).Outcome);
        Assert.Contains($"{CpuExecutor.Engine} wrote it, and torch 2.10 cpu fp32 does not go on", onTorch.Result(0).Error, StringComparison.Ordinal);
        Assert.Contains("of an earlier version wrote it", onTorch.Result(1).Error, StringComparison.Ordinal);
        Assert.Equal(RunOutcome.Failed, onCpu.Result(0).Outcome);
        Assert.Contains($"torch 2.10 cpu fp32 wrote it, and {CpuExecutor.Engine} does not go on", onCpu.Result(0).Error, StringComparison.Ordinal);
        Assert.Equal(torch.Losses(2), onTorch.Losses(2));
    }

    [Fact]
    public async Task Train_Iterates_AreThoseOfTheCpuEngine()
    {
        var network = new Training.Networks.Network([6], [new Training.Networks.Layers.Linear(3)], new Training.Networks.Losses.SoftmaxCrossEntropy());
        var trainings = new Trainings(new SmallWorkload(network, inDouble: true), Several);
        Cohort Recording(IReadOnlyList<CohortRun> runs) => trainings.Cohort(runs) with { RecordIterates = true };
        TorchHere.Load();
        var (torch, cpu) = (new MemoryRecorder(), new MemoryRecorder());
        using var executor = new Torch.Execution.TorchExecutor(
            Devices.TorchDeviceHere.Open(), new Training.Datasets.DatasetFolders([]), TimeProvider.System);
        await executor.TrainAsync(Recording(trainings.Runs), torch, CancellationToken.None);
        using var pool = new TrainingPool(1);
        await new CpuExecutor(pool, new Training.Datasets.DatasetFolders([]), TimeProvider.System).TrainAsync(Recording(trainings.Runs), cpu, CancellationToken.None);
        foreach (var run in trainings.Runs)
        {
            double[] Iterates(MemoryRecorder recorder) => [.. recorder.Segments(run.Key).SelectMany(s => s.Iterates!)];
            Networks.Agreement.AssertClose(Iterates(cpu), Iterates(torch), 1e-9, $"iterates of run {run.Key}");
            Networks.Agreement.AssertClose(cpu.Result(run.Key).FinalParameters!, torch.Result(run.Key).FinalParameters!, 1e-9, $"parameters of run {run.Key}");
        }
    }

    [Fact]
    public async Task Train_RecorderThatThrows_FaultsTheTaskAndSparesTheThread()
    {
        var trainings = new Trainings(new SmallWorkload(SmallWorkload.TwoLayers, inDouble: false), Several);
        TorchHere.Load();
        using var executor = new Torch.Execution.TorchExecutor(Devices.TorchDeviceHere.Open(), new Training.Datasets.DatasetFolders([]), TimeProvider.System);
        var broken = new MemoryRecorder { Recorded = (_, _) => throw new IOException("The disk is full.") };
        await Assert.ThrowsAsync<IOException>(() => executor.TrainAsync(trainings.Cohort(trainings.Runs), broken, CancellationToken.None));
        var sound = new MemoryRecorder();
        await executor.TrainAsync(trainings.Cohort(trainings.Runs), sound, CancellationToken.None);
        Assert.All(trainings.Runs, run => Assert.NotEqual(RunOutcome.Failed, sound.Result(run.Key).Outcome));
    }

    private static async Task AssertAgreeAsync(Trainings trainings, double tolerance)
    {
        var (torch, cpu) = (await trainings.OnTorchAsync(), await trainings.OnCpuAsync());
        foreach (var run in trainings.Runs)
        {
            Assert.Equal(cpu.Provenance[run.Key].InitialWeights, torch.Provenance[run.Key].InitialWeights);
            Assert.Null(torch.Result(run.Key).Error);
            Assert.Equal(cpu.Result(run.Key).Outcome, torch.Result(run.Key).Outcome);
            AssertClose(cpu.Losses(run.Key), torch.Losses(run.Key), tolerance, "losses");
            AssertClose(cpu.Stepsizes(run.Key), torch.Stepsizes(run.Key), tolerance, "stepsizes");
            Assert.Equal(cpu.Segments(run.Key).SelectMany(s => s.Accuracy), torch.Segments(run.Key).SelectMany(s => s.Accuracy));
            foreach (var (expected, actual) in cpu.Evaluations(run.Key).Zip(torch.Evaluations(run.Key)))
            {
                Assert.Equal((expected.Iteration, expected.Epoch), (actual.Iteration, actual.Epoch));
                AssertClose(expected.Evaluation, actual.Evaluation, tolerance);
            }
        }
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance, string what)
    {
        // What is stored is in single precision, whatever it was computed in.
        const double stored = 1e-6;
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) <= Math.Max(tolerance, stored * Math.Abs(pair.First)), $"{what}: {pair.Second} where {pair.First} was expected."));
    }

    private static void AssertClose(Evaluation expected, Evaluation actual, double tolerance)
    {
        Assert.Equal(expected.TrainLoss, actual.TrainLoss, tolerance);
        Assert.Equal(expected.TestLoss, actual.TestLoss, tolerance);
        Assert.Equal((expected.TrainAccuracy, expected.TestAccuracy), (actual.TrainAccuracy, actual.TestAccuracy));
    }
}
