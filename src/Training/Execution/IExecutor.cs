namespace Stepsize.Training.Execution;

/// <summary>
/// Trains cohorts. The seam between what is trained (networks, optimizers, sweeps) and what trains it: CPU threads here; a GPU executor can train
/// a whole cohort as one batched program behind the same method.
/// </summary>
public interface IExecutor
{
    /// <summary>Such as <c>CPU, 2 threads, AVX-512</c>.</summary>
    string Device { get; }

    /// <summary>
    /// Trains every run to its end and completes when all have recorded a result. Divergence and failures are results of their runs. Cancelling
    /// completes soon: a run not begun records nothing, one under way records a last segment with its checkpoint and no result, so that
    /// it can go on later; the caller decides what a cancelled run means. One whose own <see cref="CohortRun.Stop"/> is cancelled ends as cut short.
    /// </summary>
    /// <exception cref="Faults.InvalidInputException">The data is missing or corrupt, or shapes do not fit: nothing was trained.</exception>
    Task TrainAsync(Cohort cohort, IRunRecorder recorder, CancellationToken cancellation);
}
