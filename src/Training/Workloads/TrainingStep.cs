using System.Numerics;

namespace Stepsize.Training.Workloads;

/// <summary>
/// The compiled step of one run: loss and gradient of a mini-batch, over buffers allocated before the first iteration. Belongs to one thread at a time.
/// </summary>
public abstract class TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Bytes of state besides the parameters that a checkpoint must hold, such as the running statistics of batch normalisation.</summary>
    public virtual int StateLength => 0;

    /// <summary>
    /// A step for another run that takes turns with this one on the same thread: what it keeps from one iteration to the next is its own, what it uses
    /// within one is shared, and so stays in the cache. Null where nothing is worth sharing.
    /// </summary>
    public virtual TrainingStep<T>? Sibling() => null;

    /// <summary>Draws the initial parameters, and takes the seed for whatever is random during training. Equal seeds give equal parameters.</summary>
    public abstract void Initialise(int seed, Span<T> parameters);

    /// <summary>Loss and accuracy of a mini-batch, and the gradient of its mean loss.</summary>
    /// <param name="examples">Indices into the training set, as many as the batch size.</param>
    /// <param name="parameters">Flat parameters.</param>
    /// <param name="gradient">Overwritten.</param>
    /// <param name="iteration">t = 1, 2, …: dropout and augmentation draw from it, so that no generator has to be stored.</param>
    public abstract BatchResult Run(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, Span<T> gradient, int iteration);

    /// <summary>The loss alone, of the same mini-batch, at other parameters: for line search.</summary>
    public abstract double Loss(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, int iteration);

    /// <summary>Measures over the whole training and test set. Leaves no trace in the training that follows.</summary>
    public abstract Evaluation Evaluate(ReadOnlySpan<T> parameters, CancellationToken cancellation);

    public virtual void Save(Span<byte> destination)
    {
    }

    public virtual void Restore(ReadOnlySpan<byte> source)
    {
    }
}
