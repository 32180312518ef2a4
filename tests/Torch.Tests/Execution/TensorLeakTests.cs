using Stepsize.Torch.Execution;
using Stepsize.Torch.Tests.Devices;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Tests.Execution;
using TorchSharp;
using Xunit;

namespace Stepsize.Torch.Tests.Execution;

public sealed class TensorLeakTests
{
    private const string EveryKind = """
        { "id": "sgd-constant", "values": [0.5, 5, 1e-38] }, { "id": "adam", "values": [0.001, 0.05] }, { "id": "adagrad-norm", "values": [0.1] }, { "id": "adagrad-norm-momentum", "values": [0.1] },
        { "id": "adaloss", "values": [2] }, { "id": "rmslip-u", "values": [0.01] }, { "id": "adalip", "values": [0.01] }, { "id": "sgdm-clip", "values": [0.01] },
        { "id": "adagrad-bng", "values": [0.01] }, { "id": "adagrad-coordinate", "values": [1] }, { "id": "rmsprop", "values": [0.01] }, { "id": "adam-ng-adap", "values": [0.01] }
        """;

    /// <summary>Without a collection of garbage: what is left to that takes the memory of a GPU until it comes.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Train_WholeSweep_LeavesNoTensor(bool withState)
    {
        var trainings = new Trainings(
            new SmallWorkload(withState ? SmallWorkload.WithState : SmallWorkload.TwoLayers, inDouble: false), EveryKind, "\"iterations\": 30, \"evaluateAtIterations\": [3, 4]")
        { Time = new SteppedTime(TimeSpan.FromSeconds(0.3)) };
        await TrainAsync(trainings);

        // What other tests left to the garbage does not count, whenever it goes.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = torch.Tensor.TotalCount;
        await TrainAsync(trainings);
        Assert.InRange(torch.Tensor.TotalCount, 0, before);
    }

    [Fact]
    public async Task Train_TenThousandIterations_MemoryStaysFlat()
    {
        var trainings = new Trainings(
            new SmallWorkload(SmallWorkload.TwoLayers, inDouble: false), """{ "id": "adam", "values": [0.001, 0.01] }, { "id": "adagrad-norm", "values": [1] }""",
            "\"iterations\": 5000, \"evaluateAtIterations\": []");
        var counts = new List<long>();
        var memory = new List<long>();
        var recorder = new MemoryRecorder
        {
            Recorded = (_, _) =>
            {
                counts.Add(torch.Tensor.TotalCount);
                memory.Add(Environment.WorkingSet);
            },
        };
        using var executor = new TorchExecutor(TorchDeviceHere.Open(), new DatasetFolders([]), new SteppedTime(TimeSpan.FromMilliseconds(4)));
        await executor.TrainAsync(trainings.Cohort(trainings.Runs), recorder, CancellationToken.None);
        Assert.All(trainings.Runs, run => Assert.Equal(5000, recorder.Result(run.Key).Iterations));
        Assert.InRange(counts.Count, 30, 100_000);

        // The first third is for what is made once; the recorder keeps columns, a hundred kilobytes of them.
        Assert.InRange(counts.Max(), 0, counts[counts.Count / 3] + 60);
        Assert.InRange(memory.Max() - memory[memory.Count / 3], long.MinValue, 48 << 20);
    }

    private static async Task TrainAsync(Trainings trainings)
    {
        using var executor = new TorchExecutor(TorchDeviceHere.Open(), new DatasetFolders([]), trainings.Time);
        await executor.TrainAsync(trainings.Cohort(trainings.Runs), new MemoryRecorder(), CancellationToken.None);
    }
}
