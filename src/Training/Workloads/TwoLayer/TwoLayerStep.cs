using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads.Regression;

namespace Stepsize.Training.Workloads.TwoLayer;

/// <summary>Loss and gradient of the first layer. One pass over the weights makes all predictions, a second one the gradient.</summary>
internal sealed class TwoLayerStep<T>(T[] x, T[] y, int width, int batchSize) : TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _dimension = x.Length / y.Length;
    private readonly T[] _signs = new T[width];
    private readonly T[] _residuals = new T[y.Length];
    private readonly bool[] _active = new bool[width * Math.Max(batchSize, y.Length)];
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
        Differentiate(examples, gradient);
        return new BatchResult(loss, double.NaN);
    }

    public override double Loss(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, int iteration) => Predict(examples, parameters);

    public override Evaluation Evaluate(ReadOnlySpan<T> parameters, CancellationToken cancellation)
    {
        var loss = Predict(_all, parameters);
        Differentiate(_all, _gradient);
        var square = 0.0;
        foreach (var g in _gradient)
        {
            var value = double.CreateTruncating(g);
            square += value * value;
        }

        return new Evaluation(loss, GradientNorm: Math.Sqrt(square));
    }

    /// <summary>Keeps u − y of each example, and which units are active for it.</summary>
    /// <returns>‖u − y‖²/(2n) of the batch.</returns>
    private double Predict(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters)
    {
        var residuals = _residuals.AsSpan(0, examples.Length);
        residuals.Clear();
        for (var r = 0; r < width; r++)
        {
            var w = parameters.Slice(r * _dimension, _dimension);
            for (var i = 0; i < examples.Length; i++)
            {
                var product = RowKernels.Dot(Point(examples[i]), w);

                // Written so that NaN counts as active: a network that has diverged must show it.
                var active = !(product < T.Zero);
                _active[(r * examples.Length) + i] = active;
                residuals[i] += active ? _signs[r] * product : T.Zero;
            }
        }

        var scale = T.One / T.Sqrt(T.CreateChecked(width));
        var sum = 0.0;
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] = (residuals[i] * scale) - y[examples[i]];
            var residual = double.CreateTruncating(residuals[i]);
            sum += residual * residual;
        }

        return sum / (2 * residuals.Length);
    }

    /// <summary>∂F/∂w_r = Σ_i (u_i − y_i) a_r 1{w_rᵀx_i ≥ 0} x_i /(n √m), after <see cref="Predict"/>.</summary>
    private void Differentiate(ReadOnlySpan<int> examples, Span<T> gradient)
    {
        gradient.Clear();
        var scale = T.One / (T.CreateChecked(examples.Length) * T.Sqrt(T.CreateChecked(width)));
        for (var r = 0; r < width; r++)
        {
            var row = gradient.Slice(r * _dimension, _dimension);
            for (var i = 0; i < examples.Length; i++)
            {
                if (_active[(r * examples.Length) + i])
                {
                    TensorPrimitives.MultiplyAdd(Point(examples[i]), scale * _signs[r] * _residuals[i], row, row);
                }
            }
        }
    }

    private ReadOnlySpan<T> Point(int i) => x.AsSpan(i * _dimension, _dimension);
}
