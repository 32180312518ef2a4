using System.Numerics;
using Stepsize.Training.Kernels;

namespace Stepsize.Training.Datasets;

/// <summary>
/// Examples and what is to be predicted of them, as numbers a network can take. Made once and shared by all runs and threads; never written again.
/// </summary>
public sealed class SupervisedSet<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory<T> _inputs;
    private readonly ReadOnlyMemory<int> _labels;
    private readonly ReadOnlyMemory<T> _targets;
    private readonly Lazy<SparseMatrix<T>?> _sparse;

    private SupervisedSet(int count, ReadOnlyMemory<T> inputs, ReadOnlyMemory<int> labels, ReadOnlyMemory<T> targets)
    {
        Count = count;
        InputLength = inputs.Length / count;
        _inputs = inputs;
        _labels = labels;
        _targets = targets;
        _sparse = new Lazy<SparseMatrix<T>?>(ListNonZeros);
    }

    /// <summary>Number of examples.</summary>
    public int Count { get; }

    /// <summary>Numbers that an example's input has.</summary>
    public int InputLength { get; }

    /// <summary>Inputs of all examples, one after another.</summary>
    public ReadOnlySpan<T> Inputs => _inputs.Span;

    /// <summary>The inputs as lists of non-zeros, made when first asked for; null where too few are zero for that to be faster.</summary>
    public SparseMatrix<T>? SparseInputs => _sparse.Value;

    /// <summary>Classes, counted from 0: one an example, or one for each place of a sequence. Empty for regressions.</summary>
    public ReadOnlySpan<int> Labels => _labels.Span;

    /// <summary>Numbers to predict, an example's one after another. Empty for classifications.</summary>
    public ReadOnlySpan<T> Targets => _targets.Span;

    /// <param name="count">Number of examples, at least 1.</param>
    public static SupervisedSet<T> Classification(int count, ReadOnlyMemory<T> inputs, ReadOnlyMemory<int> labels) =>
        new(count, inputs, labels, default);

    /// <param name="count">Number of examples, at least 1.</param>
    public static SupervisedSet<T> Regression(int count, ReadOnlyMemory<T> inputs, ReadOnlyMemory<T> targets) =>
        new(count, inputs, default, targets);

    /// <summary>Copies the inputs of some examples, one after another.</summary>
    public void Gather(ReadOnlySpan<int> examples, Span<T> destination)
    {
        var inputs = Inputs;
        foreach (var example in examples)
        {
            inputs.Slice(example * InputLength, InputLength).CopyTo(destination);
            destination = destination[InputLength..];
        }
    }

    /// <summary>Share of the most frequent label.</summary>
    public double LargestClassShare()
    {
        var labels = _labels.ToArray();
        return labels.Length == 0 ? double.NaN : (double)labels.CountBy(l => l).Max(c => c.Value) / labels.Length;
    }

    private SparseMatrix<T>? ListNonZeros()
    {
        var density = 1 - ((double)Inputs.Count(T.Zero) / Inputs.Length);
        return density <= SparseMatrix<T>.WorthwhileDensity && InputLength <= SparseMatrix<T>.MaximumColumns
            ? SparseMatrix<T>.From(Inputs, InputLength)
            : null;
    }
}
