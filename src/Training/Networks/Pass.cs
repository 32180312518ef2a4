using System.Numerics;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Sparse;
using Stepsize.Training.Networks.Layers;

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

    /// <summary>The examples of <see cref="SparseInputs"/> sorted by column, where that was done.</summary>
    public SparseColumns<T>? SortedInputs { get; init; }

    /// <summary>Where the first layer is computed together with those of other runs: the whole of them, and the run's place in it.</summary>
    internal StackedLinear<T>? Stack { get; init; }

    internal int PlaceInStack { get; init; }

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
