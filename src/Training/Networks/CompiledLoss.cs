using System.Numerics;
using Stepsize.Training.Datasets;

namespace Stepsize.Training.Networks;

/// <summary>What computes a loss, its gradient and the accuracy.</summary>
public abstract class CompiledLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Sums over the examples, and the gradient of their mean.</summary>
    /// <param name="outputs">Outputs of the network for the examples, one after another.</param>
    /// <param name="set">Where the targets are.</param>
    /// <param name="examples">Indices into the set.</param>
    /// <param name="gradient">Overwritten with the gradient of the mean loss with respect to the outputs; empty where none is needed.</param>
    public abstract LossSums Measure(ReadOnlySpan<T> outputs, SupervisedSet<T> set, ReadOnlySpan<int> examples, Span<T> gradient);
}
