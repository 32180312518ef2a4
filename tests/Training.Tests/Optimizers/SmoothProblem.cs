using Stepsize.Training.Parameters;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Tests.Optimizers;

/// <summary>
/// A small problem in double whose parameters are laid out like a network's: a weight with bias, a convolution kernel with bias and a second
/// vector, and a vector of another length. Gradients are positive in every coordinate from time to time, and the loss is never negative.
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

    public abstract double Loss(double[] x);

    public abstract double[] Gradient(double[] x);

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

    /// <summary>F(x) = ‖Ax − y‖²/(2m), with a solution that has no noise.</summary>
    internal sealed class Convex : SmoothProblem
    {
        private const int Rows = 60;
        private readonly double[] _a = Normals(2, Rows * Layout.Length);
        private readonly double[] _solution = Normals(3, Layout.Length);

        public double Smoothness { get; } = 3.5; // Of the Marchenko-Pastur law: (1 + √(37/60))² = 3.2; checked by a test.

        public override double Loss(double[] x) => Residual(x).Sum(r => r * r) / (2 * Rows);

        public override double[] Gradient(double[] x)
        {
            var residual = Residual(x);
            var gradient = new double[x.Length];
            for (var row = 0; row < Rows; row++)
            {
                for (var j = 0; j < x.Length; j++)
                {
                    gradient[j] += _a[(row * x.Length) + j] * residual[row] / Rows;
                }
            }

            return gradient;
        }

        private double[] Residual(double[] x)
        {
            var residual = new double[Rows];
            for (var row = 0; row < Rows; row++)
            {
                for (var j = 0; j < x.Length; j++)
                {
                    residual[row] += _a[(row * x.Length) + j] * (x[j] - _solution[j]);
                }
            }

            return residual;
        }
    }

    /// <summary>F(x) = mean of r²/(1 + r²) over the rows of tanh(Bx) − z: bounded, neither convex nor concave.</summary>
    internal sealed class NonConvex : SmoothProblem
    {
        private const int Rows = 25;
        private readonly double[] _b = [.. Normals(4, Rows * Layout.Length).Select(v => v / 3)];
        private readonly double[] _z = Normals(5, Rows);

        public override double Loss(double[] x)
        {
            var sum = 0.0;
            for (var row = 0; row < Rows; row++)
            {
                var r = Math.Tanh(Product(x, row)) - _z[row];
                sum += r * r / (1 + (r * r));
            }

            return sum / Rows;
        }

        public override double[] Gradient(double[] x)
        {
            var gradient = new double[x.Length];
            for (var row = 0; row < Rows; row++)
            {
                var tanh = Math.Tanh(Product(x, row));
                var r = tanh - _z[row];
                var outer = 2 * r / Math.Pow(1 + (r * r), 2) * (1 - (tanh * tanh)) / Rows;
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
