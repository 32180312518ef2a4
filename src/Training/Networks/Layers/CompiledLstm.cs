using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Kernels;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// Forward and backward pass of an <see cref="Lstm"/>. Products with the input are made for all times at once, those with the hidden state time by
/// time; a time's rows of a batch are a matrix whose stride skips the other times.
/// </summary>
internal sealed class CompiledLstm<T> : CompiledLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LayerPlan _plan;
    private readonly CompileSettings _settings;
    private readonly int _times;
    private readonly int _features;
    private readonly int _hidden;
    private readonly T[] _gates;
    private readonly T[] _cells;
    private readonly T[] _squashed;
    private readonly T[] _before;
    private readonly T[] _firstCell;
    private readonly T[] _hiddenGradient;
    private readonly T[] _cellGradient;
    private readonly T[] _bias;

    public CompiledLstm(LayerPlan plan, CompileSettings settings)
    {
        _plan = plan;
        _settings = settings;
        (_times, _features, _hidden) = (plan.Input[0], plan.Input[1], plan.Output[1]);
        _gates = Buffer(4 * _times);
        _cells = Buffer(_times);
        _squashed = Buffer(_times);
        _before = Buffer(_times);
        _firstCell = Buffer(1);
        _hiddenGradient = Buffer(1);
        _cellGradient = Buffer(1);
        _bias = new T[4 * _hidden];

        T[] Buffer(int vectors) => CompiledChain<T>.Allocate((long)vectors * _hidden, settings.BatchSize);
    }

    public override bool HasParameters => true;

    public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
    {
        TensorPrimitives.Add(Part(pass.Parameters, 2), Part(pass.Parameters, 3), _bias);
        var x = new ReadOnlyMatrixView<T>(input, pass.Count * _times, _features);
        MatrixProduct.Multiply(x, InputWeight(pass.Parameters).Transposed, Gates(pass.Count), _bias);
        Begin(pass);
        for (var t = 0; t < _times; t++)
        {
            MatrixProduct.Multiply(At(_before, pass.Count, t), HiddenWeight(pass.Parameters).Transposed, GatesAt(pass.Count, t), accumulate: true);
            for (var e = 0; e < pass.Count; e++)
            {
                var h = output.Slice(Place(e, t), _hidden);
                Advance(e, t, h);
                if (t + 1 < _times)
                {
                    h.CopyTo(_before.AsSpan(Place(e, t + 1)));
                }
            }
        }

        if (_plan.Carries.Count > 0 && !pass.KeepsState)
        {
            for (var e = 0; e < pass.Count; e++)
            {
                output.Slice(Place(e, _times - 1), _hidden).CopyTo(Carried(pass.State, 0, e));
                Cell(e, _times - 1).CopyTo(Carried(pass.State, 1, e));
            }
        }
    }

    public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
    {
        var count = pass.Count;
        _hiddenGradient.AsSpan().Clear();
        _cellGradient.AsSpan().Clear();
        for (var t = _times - 1; t >= 0; t--)
        {
            for (var e = 0; e < count; e++)
            {
                Retreat(e, t, outputGradient.Slice(Place(e, t), _hidden));
            }

            MatrixProduct.Multiply(GatesAt(count, t), HiddenWeight(pass.Parameters), new MatrixView<T>(_hiddenGradient, count, _hidden));
        }

        ReadOnlyMatrixView<T> gates = Gates(count);
        var rows = count * _times;
        MatrixProduct.Multiply(gates.Transposed, new ReadOnlyMatrixView<T>(input, rows, _features), new MatrixView<T>(Part(pass.Gradient, 0), 4 * _hidden, _features));
        MatrixProduct.Multiply(gates.Transposed, new ReadOnlyMatrixView<T>(_before, rows, _hidden), new MatrixView<T>(Part(pass.Gradient, 1), 4 * _hidden, _hidden));
        RowVectors.Sum(_gates.AsSpan(0, rows * 4 * _hidden), Part(pass.Gradient, 2));
        Part(pass.Gradient, 2).CopyTo(Part(pass.Gradient, 3));
        if (!inputGradient.IsEmpty)
        {
            MatrixProduct.Multiply(gates, InputWeight(pass.Parameters), new MatrixView<T>(inputGradient, rows, _features));
        }
    }

    /// <summary>State before the first time: zero, or what the last pass left.</summary>
    private void Begin(in Pass<T> pass)
    {
        for (var e = 0; e < pass.Count; e++)
        {
            var hidden = _before.AsSpan(Place(e, 0), _hidden);
            var cell = _firstCell.AsSpan(e * _hidden, _hidden);
            hidden.Clear();
            cell.Clear();
            if (_plan.Carries.Count > 0 && !pass.StartsSequence)
            {
                Carried(pass.State, 0, e).CopyTo(hidden);
                Carried(pass.State, 1, e).CopyTo(cell);
            }
        }
    }

    /// <summary>c = f c₋₁ + i g, h = o tanh c; the gates keep what they became.</summary>
    private void Advance(int example, int t, Span<T> hidden)
    {
        var i = Gate(example, t, 0);
        var f = Gate(example, t, 1);
        var g = Gate(example, t, 2);
        var o = Gate(example, t, 3);
        TensorPrimitives.Sigmoid(i, i);
        TensorPrimitives.Sigmoid(f, f);
        TensorPrimitives.Tanh(g, g);
        TensorPrimitives.Sigmoid(o, o);
        var cell = Cell(example, t);
        TensorPrimitives.Multiply(f, Cell(example, t - 1), cell);
        TensorPrimitives.MultiplyAdd(i, g, cell, cell);
        var squashed = _squashed.AsSpan(Place(example, t), _hidden);
        TensorPrimitives.Tanh(cell, squashed);
        TensorPrimitives.Multiply(o, squashed, hidden);
    }

    /// <summary>One time back: the gates become the gradients with respect to their sums.</summary>
    private void Retreat(int example, int t, ReadOnlySpan<T> outputGradient)
    {
        var i = Gate(example, t, 0);
        var f = Gate(example, t, 1);
        var g = Gate(example, t, 2);
        var o = Gate(example, t, 3);
        var squashed = _squashed.AsSpan(Place(example, t), _hidden);
        var previous = Cell(example, t - 1);
        var later = _hiddenGradient.AsSpan(example * _hidden, _hidden);
        var cell = _cellGradient.AsSpan(example * _hidden, _hidden);
        for (var j = 0; j < _hidden; j++)
        {
            var dh = outputGradient[j] + later[j];
            var dc = cell[j] + (dh * o[j] * (T.One - (squashed[j] * squashed[j])));
            cell[j] = dc * f[j];
            f[j] = dc * previous[j] * f[j] * (T.One - f[j]);
            (i[j], g[j]) = (dc * g[j] * i[j] * (T.One - i[j]), dc * i[j] * (T.One - (g[j] * g[j])));
            o[j] = dh * squashed[j] * o[j] * (T.One - o[j]);
        }
    }

    private Span<T> Gate(int example, int t, int which) => _gates.AsSpan((4 * Place(example, t)) + (which * _hidden), _hidden);

    private Span<T> Cell(int example, int t) => t < 0 ? _firstCell.AsSpan(example * _hidden, _hidden) : _cells.AsSpan(Place(example, t), _hidden);

    private int Place(int example, int t) => ((example * _times) + t) * _hidden;

    private Span<T> Carried(Span<T> state, int which, int example) =>
        state.Slice(_settings.PlaceOf(_plan.Carries[which]) + (example * _hidden), _hidden);

    private ReadOnlySpan<T> Part(ReadOnlySpan<T> parameters, int which) => _plan.Parameters[which].Of(parameters);

    private Span<T> Part(Span<T> gradient, int which) => _plan.Parameters[which].Of(gradient);

    private ReadOnlyMatrixView<T> InputWeight(ReadOnlySpan<T> parameters) => new(Part(parameters, 0), 4 * _hidden, _features);

    private ReadOnlyMatrixView<T> HiddenWeight(ReadOnlySpan<T> parameters) => new(Part(parameters, 1), 4 * _hidden, _hidden);

    private MatrixView<T> Gates(int count) => new(_gates, count * _times, 4 * _hidden);

    private MatrixView<T> GatesAt(int count, int t) => new(_gates.AsSpan(t * 4 * _hidden), count, 4 * _hidden, _times * 4 * _hidden);

    private ReadOnlyMatrixView<T> At(T[] vectors, int count, int t) => new(vectors.AsSpan(t * _hidden), count, _hidden, _times * _hidden);
}
