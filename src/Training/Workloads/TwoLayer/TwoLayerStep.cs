using System.Numerics;
using System.Runtime.CompilerServices;
using Stepsize.Training.Kernels;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Workloads.TwoLayer;

/// <summary>Loss and gradient of the first layer: one matrix product for all activations, one for the gradient.</summary>
internal sealed class TwoLayerStep<T>(T[] x, T[] y, int width, int batchSize) : TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _dimension = x.Length / y.Length;
    private readonly T[] _signs = new T[width];
    private readonly T[] _residuals = new T[y.Length];
    private readonly T[] _points = new T[Math.Max(batchSize, y.Length) * (x.Length / y.Length)];

    /// <summary>Examples × units: wᵀx, then what each adds to the gradient.</summary>
    private readonly T[] _units = new T[width * Math.Max(batchSize, y.Length)];
    private readonly int[] _all = [.. Enumerable.Range(0, y.Length)];
    private readonly T[] _gradient = new T[x.Length / y.Length * width];

    public override void Initialise(int seed, Span<T> parameters)
    {
        var weights = new RandomStream(seed, RandomPurpose.Initialisation, 0);
        foreach (ref var w in parameters)
        {
            w = T.CreateTruncating(weights.NextNormal());
        }

        var signs = new RandomStream(seed, RandomPurpose.Initialisation, 1);
        foreach (ref var a in _signs.AsSpan())
        {
            a = signs.NextBelow(2) == 0 ? -T.One : T.One;
        }
    }

    public override BatchResult Run(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, Span<T> gradient, int iteration)
    {
        var loss = Predict(examples, parameters);
        Differentiate(examples.Length, gradient);
        return new BatchResult(loss, double.NaN);
    }

    public override double Loss(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, int iteration) => Predict(examples, parameters);

    public override Evaluation Evaluate(ReadOnlySpan<T> parameters, CancellationToken cancellation)
    {
        var loss = Predict(_all, parameters);
        Differentiate(_all.Length, _gradient);
        var square = 0.0;
        foreach (var g in _gradient)
        {
            var value = double.CreateTruncating(g);
            square += value * value;
        }

        return new Evaluation(loss, GradientNorm: Math.Sqrt(square));
    }

    /// <summary>Keeps u − y of each example, and wᵀx of each example and unit.</summary>
    /// <returns>‖u − y‖²/(2n) of the batch.</returns>
    private double Predict(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters)
    {
        for (var i = 0; i < examples.Length; i++)
        {
            x.AsSpan(examples[i] * _dimension, _dimension).CopyTo(_points.AsSpan(i * _dimension));
        }

        MatrixProduct.Multiply(
            Points(examples.Length), new ReadOnlyMatrixView<T>(parameters, width, _dimension).Transposed, new MatrixView<T>(_units, examples.Length, width));
        var scale = T.One / T.Sqrt(T.CreateChecked(width));
        var sum = 0.0;
        for (var i = 0; i < examples.Length; i++)
        {
            _residuals[i] = (SignedSum(_units.AsSpan(i * width, width)) * scale) - y[examples[i]];
            var residual = double.CreateTruncating(_residuals[i]);
            sum += residual * residual;
        }

        return sum / (2 * examples.Length);
    }

    /// <summary>∂F/∂w_r = Σ_i (u_i − y_i) a_r 1{w_rᵀx_i ≥ 0} x_i /(n √m), after <see cref="Predict"/>.</summary>
    private void Differentiate(int count, Span<T> gradient)
    {
        var scale = T.One / (T.CreateChecked(count) * T.Sqrt(T.CreateChecked(width)));
        for (var i = 0; i < count; i++)
        {
            Weigh(_units.AsSpan(i * width, width), scale * _residuals[i]);
        }

        MatrixProduct.Multiply(
            new ReadOnlyMatrixView<T>(_units, count, width).Transposed, Points(count), new MatrixView<T>(gradient, width, _dimension));
    }

    /// <summary>Σ_r a_r max(0, v_r). NaN is kept: a network that has diverged must show it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T SignedSum(ReadOnlySpan<T> v)
    {
        var sum = Vector<T>.Zero;
        var r = 0;
        for (; r + Vector<T>.Count <= v.Length; r += Vector<T>.Count)
        {
            var value = new Vector<T>(v[r..]);
            sum += Vector.ConditionalSelect(Vector.LessThan(value, Vector<T>.Zero), Vector<T>.Zero, value * new Vector<T>(_signs.AsSpan(r)));
        }

        var total = Vector.Sum(sum);
        for (; r < v.Length; r++)
        {
            total += v[r] < T.Zero ? T.Zero : v[r] * _signs[r];
        }

        return total;
    }

    /// <summary>v_r becomes a_r · factor where it is not negative, 0 elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Weigh(Span<T> v, T factor)
    {
        var r = 0;
        for (; r + Vector<T>.Count <= v.Length; r += Vector<T>.Count)
        {
            var inactive = Vector.LessThan(new Vector<T>(v[r..]), Vector<T>.Zero);
            Vector.ConditionalSelect(inactive, Vector<T>.Zero, new Vector<T>(_signs.AsSpan(r)) * new Vector<T>(factor)).CopyTo(v[r..]);
        }

        for (; r < v.Length; r++)
        {
            v[r] = v[r] < T.Zero ? T.Zero : _signs[r] * factor;
        }
    }

    private ReadOnlyMatrixView<T> Points(int count) => new(_points, count, _dimension);
}
