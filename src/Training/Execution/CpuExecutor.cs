using System.Numerics;
using System.Runtime.Intrinsics.X86;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>Trains on the processor: runs are the parallelism, one a thread, each with single-threaded kernels whose working set stays in its core's cache.</summary>
public sealed class CpuExecutor(TrainingPool pool, DatasetFolders datasets, TimeProvider time) : IExecutor
{
    /// <summary>Changes whenever the same configuration may give other bits.</summary>
    public const string Engine = "cpu 2";

    private readonly ProblemCache _problems = new(datasets);

    public string Device { get; } = $"CPU, {(Avx512F.IsSupported ? "AVX-512" : Fma.IsSupported ? "AVX2" : "portable vectors")}";

    public async Task TrainAsync(Cohort cohort, IRunRecorder recorder, CancellationToken cancellation)
    {
        // Preparing data takes seconds; a pool thread keeps that away from the caller, and from the cores that answer pages.
        var problem = await Task.Run(() => _problems.Get(cohort.Workload, cohort.WorkloadOptions), cancellation);
        await pool.RunAsync([.. cohort.Runs.Select(run => (Action)(() => Train(problem, cohort, run, recorder, cancellation)))], cancellation);
    }

    private void Train(Problem problem, Cohort cohort, CohortRun run, IRunRecorder recorder, CancellationToken cancellation)
    {
        switch (problem)
        {
            case Problem<float> single:
                Train(single, cohort, run, recorder, cancellation);
                break;
            case Problem<double> twofold:
                Train(twofold, cohort, run, recorder, cancellation);
                break;
            default:
                recorder.Record(run, Failed(run.ResumeFrom?.Iteration ?? 0, $"The CPU trains float and double, not {problem.GetType().Name}."));
                break;
        }
    }

    private void Train<T>(Problem<T> problem, Cohort cohort, CohortRun run, IRunRecorder recorder, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (run.Stop.IsCancellationRequested || cancellation.IsCancellationRequested)
        {
            return;
        }

        RunTrainer<T>? trainer = null;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation, run.Stop);
        try
        {
            trainer = new RunTrainer<T>(problem, cohort, run, time, pool);
            recorder.Started(run, new RunProvenance(Engine, Device, problem.DataChecksums, trainer.InitialWeights));
            trainer.Train(recorder, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // An evaluation was under way: the run goes on from its last segment, unless it is meant to end.
            if (run.Stop.IsCancellationRequested)
            {
                trainer!.CutShort(recorder);
            }
        }
        catch (Exception error)
        {
            var message = error is InvalidInputException ? error.Message : $"{error.GetType().Name}: {error.Message}";
            recorder.Record(run, Failed(trainer?.RecordedIterations ?? run.ResumeFrom?.Iteration ?? 0, message));
        }
    }

    private static RunSegment Failed(int iterations, string message) =>
        new(iterations + 1, [], [], [], null, [], null, new RunResult(RunOutcome.Failed, iterations, null, 0, Error: message));
}
