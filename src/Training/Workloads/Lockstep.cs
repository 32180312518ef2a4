using System.Numerics;

namespace Stepsize.Training.Workloads;

/// <summary>
/// The iterations of several runs that see the same mini-batches, made on one thread: whatever does not depend on a run's parameters, such as reading the
/// examples, is done once for all. Each run gets the bits that it would get alone.
/// </summary>
/// <remarks>Here without anything in common: one run after another.</remarks>
public class Lockstep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether a run's gradient is used up before the next one's is made, so that one array does for all.</summary>
    public virtual bool SharesGradient => true;

    /// <summary>Makes an iteration of each run: its gradient, which <see cref="ILockstepRun{T}.Take"/> then turns into a step.</summary>
    /// <param name="examples">The mini-batch of all.</param>
    /// <param name="iteration">t = 1, 2, … of all.</param>
    /// <param name="runs">At most as many as it was compiled for.</param>
    public virtual void Run(ReadOnlySpan<int> examples, int iteration, ReadOnlySpan<ILockstepRun<T>> runs)
    {
        foreach (var run in runs)
        {
            run.Take(run.Step.Run(examples, run.Parameters, run.Gradient, iteration));
        }
    }
}

/// <summary>A run as <see cref="Lockstep{T}"/> sees it.</summary>
public interface ILockstepRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    TrainingStep<T> Step { get; }

    /// <summary>Pinned, as is the gradient.</summary>
    T[] Parameters { get; }

    T[] Gradient { get; }

    /// <summary>Makes the optimizer's step: loss, accuracy and gradient of the iteration are there. Must not throw.</summary>
    void Take(BatchResult batch);
}
