using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Kernels;

namespace Stepsize.Training.Networks.Layers;

/// <summary>Forward and backward pass of a <see cref="SelfAttention"/>: projections for the whole batch at once, then each example's heads.</summary>
internal sealed class CompiledAttention<T> : CompiledLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly LayerPlan _plan;
    private readonly int _heads;
    private readonly int _times;
    private readonly int _features;
    private readonly int _width;
    private readonly T _scale;
    private readonly T[] _projected;
    private readonly T[] _projectedGradient;
    private readonly T[] _attention;
    private readonly T[] _mixed;
    private readonly T[] _mixedGradient;
    private readonly T[] _scores;

    public CompiledAttention(LayerPlan plan, CompileSettings settings, int heads)
    {
        _plan = plan;
        _heads = heads;
        (_times, _features) = (plan.Input[0], plan.Input[1]);
        _width = _features / heads;
        _scale = T.One / T.Sqrt(T.CreateChecked(_width));
        var projected = 3L * _times * _features;
        _projected = CompiledChain<T>.Allocate(projected, settings.BatchSize);
        _projectedGradient = settings.Trains ? CompiledChain<T>.Allocate(projected, settings.BatchSize) : [];
        _attention = CompiledChain<T>.Allocate((long)heads * _times * _times, settings.BatchSize);
        _mixed = CompiledChain<T>.Allocate((long)_times * _features, settings.BatchSize);
        _mixedGradient = settings.Trains ? CompiledChain<T>.Allocate((long)_times * _features, settings.BatchSize) : [];
        _scores = new T[_times * _times];
    }

    public override bool HasParameters => true;

    public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
    {
        var rows = pass.Count * _times;
        Project(pass.Parameters, 0, new ReadOnlyMatrixView<T>(input, rows, _features), new MatrixView<T>(_projected, rows, 3 * _features));
        for (var e = 0; e < pass.Count; e++)
        {
            for (var h = 0; h < _heads; h++)
            {
                var attention = Attention(e, h);
                MatrixProduct.Multiply(Head(_projected, e, 0, h), Head(_projected, e, 1, h).Transposed, new MatrixView<T>(attention, _times, _times));
                for (var t = 0; t < _times; t++)
                {
                    var row = attention.Slice(t * _times, _times);
                    TensorPrimitives.Subtract(row, TensorPrimitives.Max<T>(row), row);
                    TensorPrimitives.Multiply(row, _scale, row);
                    TensorPrimitives.Exp<T>(row, row);
                    TensorPrimitives.Divide(row, TensorPrimitives.Sum<T>(row), row);
                }

                MatrixProduct.Multiply(new ReadOnlyMatrixView<T>(attention, _times, _times), Head(_projected, e, 2, h), Mixed(_mixed, e, h));
            }
        }

        Project(pass.Parameters, 2, new ReadOnlyMatrixView<T>(_mixed, rows, _features), new MatrixView<T>(output, rows, _features));
    }

    public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
    {
        var rows = pass.Count * _times;
        BackwardProjection(pass, 2, new MatrixView<T>(_mixed, rows, _features), outputGradient, _mixedGradient.AsSpan(0, rows * _features));
        for (var e = 0; e < pass.Count; e++)
        {
            for (var h = 0; h < _heads; h++)
            {
                BackwardHead(e, h);
            }
        }

        var x = new ReadOnlyMatrixView<T>(input, rows, _features);
        BackwardProjection(pass, 0, x, _projectedGradient.AsSpan(0, rows * 3 * _features), inputGradient);
    }

    private void BackwardHead(int e, int h)
    {
        var attention = Attention(e, h);
        ReadOnlyMatrixView<T> gradient = Mixed(_mixedGradient, e, h);
        var weights = new ReadOnlyMatrixView<T>(attention, _times, _times);
        MatrixProduct.Multiply(weights.Transposed, gradient, HeadGradient(e, 2, h));
        MatrixProduct.Multiply(gradient, Head(_projected, e, 2, h).Transposed, new MatrixView<T>(_scores, _times, _times));

        // Through the softmax: s = a (g − Σ a g), and the scale.
        for (var t = 0; t < _times; t++)
        {
            var a = attention.Slice(t * _times, _times);
            var g = _scores.AsSpan(t * _times, _times);
            TensorPrimitives.Subtract(g, TensorPrimitives.Dot<T>(a, g), g);
            TensorPrimitives.Multiply(g, a, g);
            TensorPrimitives.Multiply(g, _scale, g);
        }

        var scores = new ReadOnlyMatrixView<T>(_scores, _times, _times);
        MatrixProduct.Multiply(scores, Head(_projected, e, 1, h), HeadGradient(e, 0, h));
        MatrixProduct.Multiply(scores.Transposed, Head(_projected, e, 0, h), HeadGradient(e, 1, h));
    }

    /// <summary>y = x Wᵀ + b with the parameters at <paramref name="which"/> and after it.</summary>
    private void Project(ReadOnlySpan<T> parameters, int which, ReadOnlyMatrixView<T> x, MatrixView<T> y)
    {
        var weight = new ReadOnlyMatrixView<T>(_plan.Parameters[which].Of(parameters), y.Columns, x.Columns);
        MatrixProduct.Multiply(x, weight.Transposed, y, _plan.Parameters[which + 1].Of(parameters));
    }

    private void BackwardProjection(in Pass<T> pass, int which, ReadOnlyMatrixView<T> x, ReadOnlySpan<T> outputGradient, Span<T> inputGradient)
    {
        var outputs = _plan.Parameters[which].Rows;
        var gradient = new ReadOnlyMatrixView<T>(outputGradient, x.Rows, outputs);
        MatrixProduct.Multiply(gradient.Transposed, x, new MatrixView<T>(_plan.Parameters[which].Of(pass.Gradient), outputs, x.Columns));
        RowVectors.Sum(outputGradient, _plan.Parameters[which + 1].Of(pass.Gradient));
        if (!inputGradient.IsEmpty)
        {
            var weight = new ReadOnlyMatrixView<T>(_plan.Parameters[which].Of(pass.Parameters), outputs, x.Columns);
            MatrixProduct.Multiply(gradient, weight, new MatrixView<T>(inputGradient, x.Rows, x.Columns));
        }
    }

    private Span<T> Attention(int e, int h) => _attention.AsSpan(((e * _heads) + h) * _times * _times, _times * _times);

    /// <summary>Queries (0), keys (1) or values (2) of a head.</summary>
    private ReadOnlyMatrixView<T> Head(T[] projected, int e, int which, int h) =>
        new(projected.AsSpan(HeadPlace(e, which, h)), _times, _width, 3 * _features);

    private MatrixView<T> HeadGradient(int e, int which, int h) =>
        new(_projectedGradient.AsSpan(HeadPlace(e, which, h)), _times, _width, 3 * _features);

    private int HeadPlace(int e, int which, int h) => (e * _times * 3 * _features) + (which * _features) + (h * _width);

    private MatrixView<T> Mixed(T[] values, int e, int h) =>
        new(values.AsSpan((e * _times * _features) + (h * _width)), _times, _width, _features);
}
