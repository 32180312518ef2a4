namespace Stepsize.Training.Networks;

/// <summary>What the layers of a network share during one forward and backward pass.</summary>
public readonly ref struct Pass<T>
{
    /// <summary>Examples in this pass, at most the batch size that was compiled for.</summary>
    public required int Count { get; init; }

    /// <summary>Flat parameters.</summary>
    public required ReadOnlySpan<T> Parameters { get; init; }

    /// <summary>Flat gradient: a backward pass overwrites all of it. Empty in evaluation.</summary>
    public Span<T> Gradient { get; init; }

    /// <summary>Flat state, such as running statistics: written by training passes, read by evaluation, as long as <see cref="Network.StateLength"/> says.</summary>
    public required Span<T> State { get; init; }

    /// <summary>The run's seed and iteration t = 1, 2, …: whatever is random draws from streams that these two name.</summary>
    public int Seed { get; init; }

    public int Iteration { get; init; }

    /// <summary>Whether what layers carry from one pass to the next (an LSTM's state) starts anew.</summary>
    public bool StartsSequence { get; init; }

    /// <summary>Whether this pass leaves state as it is: a line search measures the loss without training.</summary>
    public bool KeepsState { get; init; }
}
