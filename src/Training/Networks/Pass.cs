using System.Numerics;
using Stepsize.Training.Kernels;

namespace Stepsize.Training.Networks;

/// <summary>What the layers of a network share during one forward and backward pass.</summary>
public readonly ref struct Pass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Examples in this pass, at most the batch size that was compiled for.</summary>
    public required int Count { get; init; }

    /// <summary>Flat parameters.</summary>
    public required ReadOnlySpan<T> Parameters { get; init; }

    /// <summary>Flat gradient: a backward pass overwrites all of it. Empty in evaluation.</summary>
    public Span<T> Gradient { get; init; }

    /// <summary>Flat state, such as running statistics: written by training passes, read by evaluation, as long as <see cref="Network.StateLength"/> says.</summary>
    public required Span<T> State { get; init; }

    /// <summary>
    /// The whole data set as lists of non-zeros, where the first layer reads it (<see cref="Network.ReadsSparseInputs"/>) and it has few enough; the
    /// examples of the pass are then its rows <see cref="Examples"/>, and the dense input is not read.
    /// </summary>
    public SparseMatrix<T>? SparseInputs { get; init; }

    /// <summary>Indices of the pass's examples in their data set.</summary>
    public ReadOnlySpan<int> Examples { get; init; }

    /// <summary>The run's seed and iteration t = 1, 2, …: whatever is random draws from streams that these two name.</summary>
    public int Seed { get; init; }

    public int Iteration { get; init; }

    /// <summary>Whether what layers carry from one pass to the next (an LSTM's state) starts anew.</summary>
    public bool StartsSequence { get; init; }

    /// <summary>Whether this pass leaves state as it is: a line search measures the loss without training.</summary>
    public bool KeepsState { get; init; }
}
