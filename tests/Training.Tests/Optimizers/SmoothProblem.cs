using Stepsize.Training.Parameters;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Tests.Optimizers;

/// <summary>
/// A small problem in double whose parameters are laid out like a network's: a weight with bias, a convolution kernel with bias and a second
/// vector, and a vector of another length. Each iteration sees a third of the rows, so that gradients change as those of mini-batches do: without that, the
/// differences of gradients that AdaLip divides by would be nothing but rounding errors. The loss is never negative.
/// </summary>
internal abstract class SmoothProblem
{
    public static ParameterLayout Layout { get; } = new(
    [
        new ParameterSegment("fc.weight", 0, 0, [3, 5]),
        new ParameterSegment("fc.bias", 0, 15, [3]),
        new ParameterSegment("conv.weight", 1, 18, [2, 1, 2, 2]),
        new ParameterSegment("conv.bias", 1, 26, [2]),
        new ParameterSegment("norm.shift", 2, 28, [2]),
        new ParameterSegment("offset", 3, 30, [7]),
    ]);

    public static IReadOnlyList<SmoothProblem> All { get; } = [new Convex(), new NonConvex()];

    public double[] Start { get; } = Normals(1, Layout.Length);

    /// <summary>Mean loss over the rows of iteration <paramref name="t"/>.</summary>
    public abstract double Loss(double[] x, int t);

    public abstract double[] Gradient(double[] x, int t);

    public override string ToString() => GetType().Name;

    public static double[] Normals(int seed, int count)
    {
        var random = new RandomStream(seed, RandomPurpose.Data);
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = random.NextNormal();
        }

        return values;
    }

    private static IEnumerable<int> Batch(int rows, int t) => Enumerable.Range(0, rows).Where(row => (row + t) % 3 == 0);

    /// <summary>F(x) = ‖Ax − y‖²/(2m), with a solution that has no noise.</summary>
    internal sealed class Convex : SmoothProblem
    {
        private const int Rows = 60;
        private readonly double[] _a = Normals(2, Rows * Layout.Length);
        private readonly double[] _solution = Normals(3, Layout.Length);

        public override double Loss(double[] x, int t) => Batch(Rows, t).Average(row => Residual(x, row) * Residual(x, row) / 2);

        public override double[] Gradient(double[] x, int t)
        {
            var gradient = new double[x.Length];
            foreach (var row in Batch(Rows, t))
            {
                var residual = Residual(x, row);
                for (var j = 0; j < x.Length; j++)
                {
                    gradient[j] += _a[(row * x.Length) + j] * residual / (Rows / 3);
                }
            }

            return gradient;
        }

        private double Residual(double[] x, int row)
        {
            var residual = 0.0;
            for (var j = 0; j < x.Length; j++)
            {
                residual += _a[(row * x.Length) + j] * (x[j] - _solution[j]);
            }

            return residual;
        }
    }

    /// <summary>F(x) = mean of r²/(1 + r²) over the rows of tanh(Bx) − z: bounded, neither convex nor concave.</summary>
    internal sealed class NonConvex : SmoothProblem
    {
        private const int Rows = 24;
        private readonly double[] _b = [.. Normals(4, Rows * Layout.Length).Select(v => v / 3)];
        private readonly double[] _z = Normals(5, Rows);

        public override double Loss(double[] x, int t) => Batch(Rows, t).Average(row =>
        {
            var r = Math.Tanh(Product(x, row)) - _z[row];
            return r * r / (1 + (r * r));
        });

        public override double[] Gradient(double[] x, int t)
        {
            var gradient = new double[x.Length];
            foreach (var row in Batch(Rows, t))
            {
                var tanh = Math.Tanh(Product(x, row));
                var r = tanh - _z[row];
                var outer = 2 * r / Math.Pow(1 + (r * r), 2) * (1 - (tanh * tanh)) / (Rows / 3);
                for (var j = 0; j < x.Length; j++)
                {
                    gradient[j] += outer * _b[(row * x.Length) + j];
                }
            }

            return gradient;
        }

        private double Product(double[] x, int row)
        {
            var sum = 0.0;
            for (var j = 0; j < x.Length; j++)
            {
                sum += _b[(row * x.Length) + j] * x[j];
            }

            return sum;
        }
    }
}
