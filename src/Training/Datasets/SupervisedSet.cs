using System.Numerics;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Sparse;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Datasets;

/// <summary>
/// Examples and what is to be predicted of them, as numbers a network can take. Made once and shared by all runs and threads; never written again.
/// </summary>
public sealed class SupervisedSet<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory<T> _inputs;
    private readonly ExampleSource<T>? _source;
    private readonly ReadOnlyMemory<int> _labels;
    private readonly ReadOnlyMemory<T> _targets;
    private readonly Lazy<SparseMatrix<T>?> _sparse;

    private SupervisedSet(int count, ReadOnlyMemory<T> inputs, ReadOnlyMemory<int> labels, ReadOnlyMemory<T> targets, ExampleSource<T>? source = null)
    {
        Count = count;
        InputLength = source?.InputLength ?? (inputs.Length / count);
        _inputs = inputs;
        _source = source;
        _labels = labels;
        _targets = targets;
        _sparse = new Lazy<SparseMatrix<T>?>(ListNonZeros);
    }

    /// <summary>Number of examples.</summary>
    public int Count { get; }

    /// <summary>Numbers that an example's input has.</summary>
    public int InputLength { get; }

    /// <summary>Whether inputs are made when they are asked for: only <see cref="Gather"/> and <see cref="GatherForTraining"/> have them then.</summary>
    public bool ReadsFromSource => _source is not null;

    /// <summary>Inputs of all examples, one after another; empty where they come from a source.</summary>
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

    /// <summary>Examples whose inputs are made when they are asked for.</summary>
    public static SupervisedSet<T> Classification(ExampleSource<T> source, ReadOnlyMemory<int> labels) => new(labels.Length, default, labels, default, source);

    /// <param name="count">Number of examples, at least 1.</param>
    public static SupervisedSet<T> Regression(int count, ReadOnlyMemory<T> inputs, ReadOnlyMemory<T> targets) =>
        new(count, inputs, default, targets);

    /// <summary>Copies the inputs of some examples, one after another.</summary>
    public void Gather(ReadOnlySpan<int> examples, Span<T> destination)
    {
        var inputs = Inputs;
        foreach (var example in examples)
        {
            if (_source is not null)
            {
                _source.Read(example, destination[..InputLength]);
                destination = destination[InputLength..];
                continue;
            }

            inputs.Slice(example * InputLength, InputLength).CopyTo(destination);
            destination = destination[InputLength..];
        }
    }

    /// <summary>
    /// As <see cref="Gather"/>, as training sees the examples: a source may vary them at random. What is drawn for an example depends on seed, iteration
    /// and example alone, so that a batch may be cut into parts.
    /// </summary>
    public void GatherForTraining(ReadOnlySpan<int> examples, int seed, int iteration, Span<T> destination)
    {
        if (_source is null)
        {
            Gather(examples, destination);
            return;
        }

        foreach (var example in examples)
        {
            var random = new RandomStream(seed, RandomPurpose.Augmentation, ((long)iteration * Count) + example);
            _source.ReadForTraining(example, random, destination[..InputLength]);
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
        if (_source is not null)
        {
            return null;
        }

        var density = 1 - ((double)Inputs.Count(T.Zero) / Inputs.Length);
        return density <= SparseMatrix<T>.WorthwhileDensity && InputLength <= SparseMatrix<T>.MaximumColumns
            ? SparseMatrix<T>.From(Inputs, InputLength)
            : null;
    }
}
