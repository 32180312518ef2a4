using Stepsize.Torch.Devices;
using Stepsize.Torch.Execution;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Tests.Execution;
using Xunit;

namespace Stepsize.Torch.Tests.Execution;

public sealed class ChoosingExecutorTests
{
    private const string WithLineSearch = """{ "id": "sgd-constant", "values": [2, 5] }, { "id": "gd-linesearch", "values": [1] }""";

    private static readonly DeviceChoice TorchCpu = new(DeviceKind.TorchCpu);

    [Fact]
    public async Task Train_LineSearchBesideOthers_IsTheCpuEnginesAndAllEnd()
    {
        TorchHere.Load();
        var trainings = new Trainings(new SmallWorkload(SmallWorkload.TwoLayers, inDouble: false), WithLineSearch);
        var recorder = await TrainAsync(trainings, new DevicePlan(TorchCpu), trainings.Runs);
        Assert.Equal(
            ["torch 2.10 cpu fp32", "torch 2.10 cpu fp32", CpuExecutor.Engine], trainings.Runs.Take(3).Select(run => recorder.Provenance[run.Key].Engine));
        Assert.All(trainings.Runs, run => Assert.Equal(60, recorder.Result(run.Key).Iterations));
    }

    [Fact]
    public async Task Train_RunThatTheCpuEngineBegan_GoesOnThere()
    {
        TorchHere.Load();
        var trainings = new Trainings(new SmallWorkload(SmallWorkload.TwoLayers, inDouble: false), WithLineSearch) { Time = new SteppedTime(TimeSpan.FromSeconds(0.3)) };
        var whole = await trainings.OnCpuAsync();
        var begun = whole.Segments(0)[0];
        var recorder = await TrainAsync(trainings, new DevicePlan(TorchCpu), [trainings.Runs[0] with { ResumeFrom = begun.Checkpoint }, trainings.Runs[1]]);
        Assert.Equal(whole.Losses(0), begun.Loss.Concat(recorder.Losses(0)));
        Assert.Equal((CpuExecutor.Engine, "torch 2.10 cpu fp32"), (recorder.Provenance[0].Engine, recorder.Provenance[1].Engine));
    }

    [Fact]
    public async Task Train_OnTheCpu_LeavesEverythingToItsEngine()
    {
        var trainings = new Trainings(new SmallWorkload(SmallWorkload.TwoLayers, inDouble: false), WithLineSearch);
        var recorder = await TrainAsync(trainings, DevicePlan.OnCpu, trainings.Runs);
        Assert.All(trainings.Runs, run => Assert.Equal(CpuExecutor.Engine, recorder.Provenance[run.Key].Engine));
    }

    [Fact]
    public void Open_GpuThatIsNotThere_IsRefusedBeforeAnythingIsTrained()
    {
        using var pool = new TrainingPool(1);
        using var executor = new ChoosingExecutor(new DevicePlan(new DeviceChoice(DeviceKind.Gpu, 97)), pool, new DatasetFolders([]), TimeProvider.System);
        Assert.Contains("--device cpu", Assert.Throws<InvalidInputException>(executor.Open).Message, StringComparison.Ordinal);
    }

    private static async Task<MemoryRecorder> TrainAsync(Trainings trainings, DevicePlan plan, IReadOnlyList<CohortRun> runs)
    {
        var recorder = new MemoryRecorder();
        using var pool = new TrainingPool(1);
        using var executor = new ChoosingExecutor(plan, pool, new DatasetFolders([]), trainings.Time);
        executor.Open();
        await executor.TrainAsync(trainings.Cohort(runs), recorder, CancellationToken.None);
        return recorder;
    }
}
