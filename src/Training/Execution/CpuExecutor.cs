using System.Numerics;
using System.Runtime.Intrinsics.X86;
using Stepsize.Training.Datasets;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>
/// Trains on the processor: runs are the parallelism. Each thread has some of one seed, which it trains in lockstep with single-threaded kernels whose
/// working set stays in its core's cache.
/// </summary>
public sealed class CpuExecutor : IExecutor
{
    /// <summary>Changes whenever the same configuration may give other bits.</summary>
    public const string Engine = "cpu 5";

    private readonly TrainingPool _pool;
    private readonly ProblemCache _problems;
    private readonly TimeProvider _time;

    public CpuExecutor(TrainingPool pool, DatasetFolders datasets, TimeProvider time)
        : this(pool, new ProblemCache(datasets), time)
    {
    }

    /// <param name="problems">Shared with other executors.</param>
    internal CpuExecutor(TrainingPool pool, ProblemCache problems, TimeProvider time) => (_pool, _problems, _time) = (pool, problems, time);

    /// <summary>What this machine's processor offers the engine.</summary>
    public static string DeviceName { get; } = $"CPU, {(Avx512F.IsSupported ? "AVX-512" : Fma.IsSupported ? "AVX2" : "portable vectors")}";

    public string Device => DeviceName;

    public async Task TrainAsync(Cohort cohort, IRunRecorder recorder, CancellationToken cancellation)
    {
        // Preparing data takes seconds; a pool thread keeps that away from the caller, and from the cores that answer pages.
        var problem = await Task.Run(() => _problems.Get(cohort.Workload, cohort.WorkloadOptions), cancellation);
        switch (problem)
        {
            case Problem<float> single:
                await TrainAsync(single, cohort, recorder, cancellation);
                break;
            case Problem<double> twofold:
                await TrainAsync(twofold, cohort, recorder, cancellation);
                break;
            default:
                throw new NotSupportedException($"The CPU trains float and double, not {problem.GetType().Name}.");
        }
    }

    private Task TrainAsync<T>(Problem<T> problem, Cohort cohort, IRunRecorder recorder, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var floors = RoundingFloor.Of(problem);
        var groups = LockstepGroups.Of(cohort.Runs, problem.LockstepWidth, _pool.Threads);
        return _pool.RunAsync([.. groups.Select(runs => (Action)(() => Train(problem, floors, cohort, runs, recorder, cancellation)))], cancellation);
    }

    private void Train<T>(
        Problem<T> problem, IReadOnlyDictionary<string, double> floors, Cohort cohort, IReadOnlyList<CohortRun> runs, IRunRecorder recorder, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var together = new LockstepTrainer<T>(problem, cohort, runs[0].Configuration.Seed, runs.Count, recorder, _time, cancellation);
        foreach (var run in runs.Where(r => !r.Stop.IsCancellationRequested && !cancellation.IsCancellationRequested))
        {
            if (ReplacedData.Of(run, problem.DataChecksums) is { } replaced)
            {
                together.Refuse(run, replaced);
                continue;
            }

            together.Add(run, new RunProvenance(Engine, Device, problem.DataChecksums, InitialWeights: "", floors), _pool);
        }

        try
        {
            together.Train();
        }
        catch (Exception error)
        {
            together.Fail(error);
        }
    }
}
