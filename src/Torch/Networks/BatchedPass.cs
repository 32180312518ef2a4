using Stepsize.Training.Networks;
using Stepsize.Training.Parameters;
using static TorchSharp.torch;

namespace Stepsize.Torch.Networks;

/// <summary>What the layers of a network share during one pass of R runs.</summary>
internal sealed class BatchedPass
{
    /// <summary>R.</summary>
    public required long Runs { get; init; }

    /// <summary>Every parameter tensor of the network, [R, its shape].</summary>
    public required IReadOnlyDictionary<ParameterSegment, Tensor> Parameters { get; init; }

    public required BatchedState State { get; init; }

    /// <summary>Whether this is training: dropout drops, and batch normalisation takes the batch's own statistics.</summary>
    public bool Trains { get; init; }

    /// <summary>Of all runs; with the iteration it names the streams that dropout draws from.</summary>
    public int Seed { get; init; }

    /// <summary>t = 1, 2, …</summary>
    public int Iteration { get; init; }

    /// <summary>Whether what layers carry from one pass to the next starts anew.</summary>
    public bool StartsSequence { get; init; } = true;

    /// <summary>A layer's parameter by its place among those that it declared.</summary>
    public Tensor Of(LayerPlan plan, int index) => Parameters[plan.Parameters[index]];

    /// <summary>The same where a layer may not have it.</summary>
    public Tensor? OrNone(LayerPlan plan, int index) => plan.Parameters.Count > index ? Of(plan, index) : null;
}
