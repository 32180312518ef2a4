using System.Numerics;
using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>
/// Loss and gradient of a batch of rows, four at a time.
/// </summary>
internal sealed unsafe class LeastSquaresStep<T>(LeastSquaresData<T> data, Func<int, double[]> initialise, LeastSquaresData<T>? test = null) : TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _gradient = new T[data.Columns];
    private readonly int[] _all = [.. Enumerable.Range(0, data.Rows)];
    private readonly int[] _allOfTest = [.. Enumerable.Range(0, test?.Rows ?? 0)];

    public override void Initialise(int seed, Span<T> parameters)
    {
        var start = initialise(seed);
        for (var i = 0; i < start.Length; i++)
        {
            parameters[i] = T.CreateTruncating(start[i]);
        }
    }

    public override BatchResult Run(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, Span<T> gradient, int iteration) =>
        new(Loss(data, examples, parameters, gradient), double.NaN);

    public override double Loss(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, int iteration) => Loss(data, examples, parameters, default);

    public override Evaluation Evaluate(ReadOnlySpan<T> parameters, CancellationToken cancellation)
    {
        var loss = Loss(data, _all, parameters, _gradient);

        // Summed in double: the squares of a diverging float gradient overflow long before the gradient does.
        var square = 0.0;
        foreach (var g in _gradient)
        {
            var value = double.CreateTruncating(g);
            square += value * value;
        }

        return new Evaluation(loss, TestLoss: test is null ? double.NaN : Loss(test, _allOfTest, parameters, default), GradientNorm: Math.Sqrt(square));
    }

    /// <summary>The mean loss of some rows, and its gradient where there is room for it.</summary>
    private static double Loss(LeastSquaresData<T> data, ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, Span<T> gradient)
    {
        var squares = 0.0;
        fixed (int* rows = examples)
        fixed (T* x = parameters, g = gradient)
        {
            for (var first = 0; first < examples.Length; first += FourRows<T>.Count)
            {
                SimdDispatch.Run<T, LeastSquaresKernel<T>>(InstructionSets.Best, new LeastSquaresKernel<T>
                {
                    Data = data,
                    Rows = rows + first,
                    Count = Math.Min(FourRows<T>.Count, examples.Length - first),
                    Scale = T.One / T.CreateChecked(examples.Length),
                    Runs = 1,
                    X = new FourRows<T> { R0 = x },
                    G = new FourRows<T> { R0 = g },
                    Overwrites = first == 0,
                    Squares = &squares,
                });
            }
        }

        return squares / (2 * examples.Length);
    }
}
