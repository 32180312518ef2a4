using System.Numerics;

namespace Stepsize.Training.Networks;

/// <summary>
/// A layer as a network's description names it: its hyperparameters, without shapes or numbers. <see cref="Infer"/> finds shapes and declares
/// parameters; <see cref="Compile"/> makes what computes.
/// </summary>
public abstract class Layer
{
    /// <summary>What parameters are named after, with a count: <c>fc</c> gives fc1, fc2, …</summary>
    public abstract string Prefix { get; }

    /// <summary>How messages call it, such as <c>linear layer of 100 neurons</c>.</summary>
    public abstract string Title { get; }

    /// <summary>The shape of what it puts out. Declares parameters, state, branches and cost on the way.</summary>
    /// <exception cref="Faults.InvalidInputException">The input does not fit: thrown by <see cref="LayerPlanner.Refuse"/>.</exception>
    public abstract Shape Infer(LayerPlanner planner, Shape input);

    /// <summary>Whether it can take its input as lists of non-zeros, when it is the first layer of a network.</summary>
    public virtual bool ReadsSparseInputs(Shape input) => false;

    /// <summary>Whether it only changes the shape.</summary>
    public virtual bool IsView => false;

    /// <summary>The kernel over buffers that are allocated here, once.</summary>
    public abstract CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
