using MathNet.Numerics.LinearAlgebra.Double;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Theory;

/// <summary>
/// H∞, the Gram matrix of a two-layer ReLU network of infinite width (Wu, Xie, Du and Ward 2022, definition 1):
/// H∞_ij = E_w[xᵢᵀxⱼ · 1{wᵀxᵢ ≥ 0, wᵀxⱼ ≥ 0}] = xᵢᵀxⱼ (π − arccos xᵢᵀxⱼ)/(2π) for w standard normal and points of unit norm. Its eigenvalues
/// say how fast gradient descent on the first layer goes, and up to which stepsize it converges.
/// </summary>
public sealed class InfiniteWidthGram
{
    /// <summary>How far a norm may be from 1: what single precision leaves of a normalised vector.</summary>
    private const double UnitTolerance = 1e-5;

    private InfiniteWidthGram(double[,] matrix, double[] eigenvalues)
    {
        Matrix = matrix;
        Eigenvalues = eigenvalues;
    }

    /// <summary>n × n, symmetric, its diagonal 1/2.</summary>
    public double[,] Matrix { get; }

    /// <summary>In ascending order.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>λ₀, the smallest eigenvalue: positive where no two points are parallel.</summary>
    public double SmallestEigenvalue => Eigenvalues[0];

    /// <summary>‖H∞‖, the largest eigenvalue; at most n/2 for unit points.</summary>
    public double Norm => Eigenvalues[^1];

    /// <summary>
    /// 2/‖H∞‖: where the network is wide, the errors follow u(k+1) − y = (I − ηH∞)(u(k) − y), which contracts for stepsizes below this only
    /// (the threshold that theorem 2 gives up to a constant).
    /// </summary>
    public double CriticalStepsize => StabilityLimit.Stepsize(Norm);

    /// <param name="points">n points of equal dimension and norm 1, one after another.</param>
    /// <param name="dimension">Numbers of a point.</param>
    /// <exception cref="InvalidInputException">A point does not have norm 1.</exception>
    public static InfiniteWidthGram Of(ReadOnlySpan<double> points, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        if (points.IsEmpty || points.Length % dimension != 0)
        {
            throw new ArgumentException($"{points.Length} numbers are not one or more points of {dimension}.", nameof(points));
        }

        var n = points.Length / dimension;
        var h = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            var x = points.Slice(i * dimension, dimension);
            CheckNorm(x, i);
            for (var j = 0; j < i; j++)
            {
                var product = Dot(x, points.Slice(j * dimension, dimension));
                h[i, j] = h[j, i] = product * (Math.PI - Math.Acos(Math.Clamp(product, -1, 1))) / (2 * Math.PI);
            }

            h[i, i] = 0.5;
        }

        var eigenvalues = DenseMatrix.OfArray(h).Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues.Select(e => e.Real).Order();
        return new InfiniteWidthGram(h, [.. eigenvalues]);
    }

    private static void CheckNorm(ReadOnlySpan<double> x, int index)
    {
        var norm = Math.Sqrt(Dot(x, x));
        if (!(Math.Abs(norm - 1) <= UnitTolerance))
        {
            throw new InvalidInputException("", FormattableString.Invariant($"Point {index} has norm {norm}; H∞ is defined for points of norm 1: divide each point by its norm."));
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => System.Numerics.Tensors.TensorPrimitives.Dot(a, b);
}
