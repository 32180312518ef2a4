using Stepsize.Torch.Devices;
using Stepsize.Torch.Execution;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Tests.Execution;

namespace Stepsize.Torch.Tests.Execution;

/// <summary>Trains a grid on a small workload by either engine; a run's key is its place in the grid.</summary>
internal sealed class Trainings(SmallWorkload workload, string optimizers, string more = "\"iterations\": 60, \"evaluateAtIterations\": [7, 30]", int batchSize = 10)
{
    public SweepSpecification Sweep { get; } = SpecificationReader.Parse($$"""
        { "name": "small", "workload": "mnist-logreg", "optimizers": [{{optimizers}}], "seeds": [0, 1], "batchSize": {{batchSize}}, {{more}} }
        """);

    public CohortRun[] Runs => [.. Sweep.Expand().Select((configuration, i) => new CohortRun(i, configuration))];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Cohort Cohort(IReadOnlyList<CohortRun> runs) => Training.Execution.Cohort.Of(Sweep, runs) with { Workload = workload };

    public async Task<MemoryRecorder> OnTorchAsync(IReadOnlyList<CohortRun>? runs = null, CancellationTokenSource? cancel = null, MemoryRecorder? recorder = null)
    {
        TorchHere.Load();
        recorder ??= new MemoryRecorder();
        using var executor = new TorchExecutor(TorchDevice.Open(new DeviceChoice(DeviceKind.TorchCpu), null, 1), new DatasetFolders([]), Time);
        await executor.TrainAsync(Cohort(runs ?? Runs), recorder, cancel?.Token ?? CancellationToken.None);
        return recorder;
    }

    public async Task<MemoryRecorder> OnCpuAsync(IReadOnlyList<CohortRun>? runs = null, CancellationTokenSource? cancel = null, MemoryRecorder? recorder = null)
    {
        recorder ??= new MemoryRecorder();
        using var pool = new TrainingPool(1);
        await new CpuExecutor(pool, new DatasetFolders([]), Time).TrainAsync(Cohort(runs ?? Runs), recorder, cancel?.Token ?? CancellationToken.None);
        return recorder;
    }
}
