using System.Numerics;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Sparse;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// The first linear layers of several runs as one wide layer on sparse inputs: ten outputs leave most of a vector empty, those of eight runs fill it, and
/// every non-zero is read once for all. Each output is the same sum as in its own layer, to the bit.
/// </summary>
internal sealed class StackedLinear<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Outputs that fill the vectors of the widest kernel.</summary>
    private const int WidestStack = 128;

    private readonly ParameterSegment _weight;
    private readonly ParameterSegment? _bias;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly T[] _weights;
    private readonly T[] _biases;
    private readonly T[] _values;
    private readonly T[] _scratch;
    private int _count;
    private int _runs;

    /// <param name="runs">Most runs at a time, at most <see cref="RunsAtOnce"/>.</param>
    public StackedLinear(LayerPlan plan, int batchSize, int runs)
    {
        _weight = plan.Parameters[0];
        _bias = plan.Parameters.Count > 1 ? plan.Parameters[1] : null;
        _inputs = plan.Input[0];
        _outputs = plan.Output[0];
        _weights = CompiledChain<T>.Allocate(_weight.Length, runs);
        _biases = _bias is null ? [] : new T[runs * _outputs];
        _values = CompiledChain<T>.Allocate((long)runs * _outputs, batchSize);
        _scratch = CompiledChain<T>.Allocate(SparseProduct.ScratchLength(_inputs, runs * _outputs), 1);
    }

    private int Width => _runs * _outputs;

    /// <summary>Runs whose outputs fit together; 1 where a run fills the kernel by itself.</summary>
    public static int RunsAtOnce(LayerPlan plan) => Math.Max(1, WidestStack / plan.Output[0]);

    /// <summary>Begins a pass.</summary>
    /// <param name="count">Examples.</param>
    /// <param name="runs">Of which each then gives its parameters.</param>
    public void Begin(int count, int runs) => (_count, _runs) = (count, runs);

    /// <param name="place">Of the run, below the number of runs.</param>
    /// <param name="parameters">All of the run's.</param>
    public void TakeParameters(int place, ReadOnlySpan<T> parameters)
    {
        _weight.Of(parameters).CopyTo(_weights.AsSpan(place * _weight.Length));
        _bias?.Of(parameters).CopyTo(_biases.AsSpan(place * _outputs));
    }

    /// <summary>Computes the outputs of all runs.</summary>
    public void Forward(SparseMatrix<T> x, ReadOnlySpan<int> examples) => SparseProduct.Forward(
        x, examples, new ReadOnlyMatrixView<T>(_weights, Width, _inputs), new MatrixView<T>(_values, _count, Width), _scratch,
        _biases.AsSpan(0, _bias is null ? 0 : Width));

    public void CopyOutputs(int place, Span<T> outputs)
    {
        for (var example = 0; example < _count; example++)
        {
            Outputs(place, example).CopyTo(outputs[(example * _outputs)..]);
        }
    }

    /// <summary>Takes the gradient with respect to a run's outputs, which are not needed any more.</summary>
    public void TakeOutputGradient(int place, ReadOnlySpan<T> gradient)
    {
        for (var example = 0; example < _count; example++)
        {
            gradient.Slice(example * _outputs, _outputs).CopyTo(Outputs(place, example));
        }
    }

    /// <summary>Computes the weight gradients of all runs.</summary>
    public void Backward(SparseMatrix<T> x, ReadOnlySpan<int> examples, SparseColumns<T>? columns) => SparseProduct.WeightGradient(
        x, examples, new ReadOnlyMatrixView<T>(_values, _count, Width), new MatrixView<T>(_weights, Width, _inputs), _scratch, columns);

    /// <param name="gradient">All of the run's; the layer's weights are written.</param>
    public void CopyGradient(int place, Span<T> gradient) => _weights.AsSpan(place * _weight.Length, _weight.Length).CopyTo(_weight.Of(gradient));

    private Span<T> Outputs(int place, int example) => _values.AsSpan((example * Width) + (place * _outputs), _outputs);
}
