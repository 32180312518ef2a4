using System.Numerics;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>
/// Loss and gradient of a batch of rows. A batch of 20 rows of 2,000 numbers is larger than a core's first cache, so each group of rows is read
/// once: its residuals are taken and its part of the gradient is added while it is still close.
/// </summary>
internal sealed class LeastSquaresStep<T>(LeastSquaresData<T> data, Func<int, double[]> initialise, LeastSquaresData<T>? test = null) : TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _gradient = new T[data.Columns];

    public override void Initialise(int seed, Span<T> parameters)
    {
        var start = initialise(seed);
        for (var i = 0; i < start.Length; i++)
        {
            parameters[i] = T.CreateTruncating(start[i]);
        }
    }

    public override BatchResult Run(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, Span<T> gradient, int iteration)
    {
        gradient.Clear();
        var scale = T.One / T.CreateChecked(examples.Length);
        var sum = 0.0;
        var i = 0;
        for (; i + RowKernels.Group <= examples.Length; i += RowKernels.Group)
        {
            sum += RowKernels.AddFour(
                data.Row(examples[i]), data.Row(examples[i + 1]), data.Row(examples[i + 2]), data.Row(examples[i + 3]),
                data.Y[examples[i]], data.Y[examples[i + 1]], data.Y[examples[i + 2]], data.Y[examples[i + 3]],
                parameters, scale, gradient);
        }

        for (; i < examples.Length; i++)
        {
            sum += RowKernels.AddOne(data.Row(examples[i]), data.Y[examples[i]], parameters, scale, gradient);
        }

        return new BatchResult(sum / (2 * examples.Length), double.NaN);
    }

    public override double Loss(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, int iteration)
    {
        var sum = 0.0;
        foreach (var example in examples)
        {
            var residual = double.CreateTruncating(RowKernels.Dot(data.Row(example), parameters) - data.Y[example]);
            sum += residual * residual;
        }

        return sum / (2 * examples.Length);
    }

    public override Evaluation Evaluate(ReadOnlySpan<T> parameters, CancellationToken cancellation)
    {
        _gradient.AsSpan().Clear();
        var scale = T.One / T.CreateChecked(data.Rows);
        var sum = 0.0;
        for (var i = 0; i < data.Rows; i++)
        {
            sum += RowKernels.AddOne(data.Row(i), data.Y[i], parameters, scale, _gradient);
        }

        // Summed in double: the squares of a diverging float gradient overflow long before the gradient does.
        var square = 0.0;
        foreach (var g in _gradient)
        {
            var value = double.CreateTruncating(g);
            square += value * value;
        }

        return new Evaluation(sum / (2 * data.Rows), TestLoss: TestLoss(parameters), GradientNorm: Math.Sqrt(square));
    }

    private double TestLoss(ReadOnlySpan<T> parameters)
    {
        var sum = 0.0;
        for (var i = 0; i < (test?.Rows ?? 0); i++)
        {
            var residual = double.CreateTruncating(RowKernels.Dot(test!.Row(i), parameters) - test.Y[i]);
            sum += residual * residual;
        }

        return test is null ? double.NaN : sum / (2 * test.Rows);
    }
}
