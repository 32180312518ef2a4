using System.Numerics;

namespace Stepsize.Training.Networks;

/// <summary>
/// What computes a layer: forward and backward over given buffers, without allocating. Buffers hold the pass's examples one after another.
/// Belongs to one compiled network and so to one thread at a time.
/// </summary>
public abstract class CompiledLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether input and output may be the same buffer.</summary>
    public virtual bool WorksInPlace => false;

    /// <summary>Whether the gradients of input and output may be the same buffer.</summary>
    public virtual bool GradientWorksInPlace => WorksInPlace;

    /// <summary>Whether the numbers only get another shape: input and output always share a buffer, and neither pass does anything.</summary>
    public virtual bool IsView => false;

    /// <summary>Whether the backward pass reads the input, which then must survive until it; one that works in place must not.</summary>
    public virtual bool BackwardReadsInput => true;

    /// <summary>Whether the backward pass reads the output, which then must survive until it.</summary>
    public virtual bool BackwardReadsOutput => false;

    /// <summary>Whether it has parameters whose gradient a backward pass must write.</summary>
    public virtual bool HasParameters => false;

    public abstract void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output);

    /// <summary>Writes the gradients of the loss with respect to the layer's parameters and input.</summary>
    /// <param name="outputGradient">Gradient with respect to the output; may be used as scratch.</param>
    /// <param name="inputGradient">Overwritten; empty where nobody needs it.</param>
    public abstract void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient);
}
