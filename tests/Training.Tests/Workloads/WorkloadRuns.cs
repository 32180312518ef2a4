using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Tests.Execution;

namespace Stepsize.Training.Tests.Workloads;

/// <summary>Trains what a specification says and keeps what was recorded; a run's key is its place in the grid.</summary>
internal static class WorkloadRuns
{
    public static async Task<MemoryRecorder> TrainAsync(string json, DatasetFolders? folders = null)
    {
        var sweep = SpecificationReader.Parse(json);
        var recorder = new MemoryRecorder();
        using var pool = new TrainingPool(2);
        CohortRun[] runs = [.. sweep.Expand().Select((configuration, i) => new CohortRun(i, configuration))];
        await new CpuExecutor(pool, folders ?? RepositoryFiles.Datasets, TimeProvider.System).TrainAsync(Cohort.Of(sweep, runs), recorder, CancellationToken.None);
        return recorder;
    }
}
