using System.Numerics.Tensors;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Theory;

/// <summary>The norm of H∞ for one number of points.</summary>
/// <param name="Points">n.</param>
/// <param name="Norm">‖H∞‖, the largest eigenvalue.</param>
/// <param name="SmallestEigenvalue">λ₀.</param>
public readonly record struct GramNorm(int Points, double Norm, double SmallestEigenvalue);

/// <summary>
/// ‖H∞‖ against n, which Wu, Xie, Du and Ward (2022, section 4, figure 5) say stays O(1) where the data are nearly orthogonal: then the critical stepsize of
/// theorem 2, a constant over ‖H∞‖, hardly depends on how many points there are, where the general bound is n. Points uniform on the unit sphere of dimension
/// d are nearly orthogonal as long as n is small against d; their products average 1/d in square, which makes ‖H∞‖ about 1/2 + n/(2πd) beyond.
/// The figure's own data are in an appendix that the available text does not hold.
/// </summary>
public static class GramNormCurve
{
    /// <param name="counts">Numbers of points, n; the points of a smaller one are among those of a larger one.</param>
    /// <param name="dimension">d, numbers of a point.</param>
    /// <param name="seed">Of the points: those of the workload <c>two-layer-relu</c> have none of its labels between them, and are others.</param>
    /// <returns>In the order of <paramref name="counts"/>.</returns>
    public static IReadOnlyList<GramNorm> Of(IReadOnlyList<int> counts, int dimension, int seed)
    {
        if (counts.Any(n => n < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(counts), counts.Min(), "A set has at least one point.");
        }

        var points = Sphere(counts.Max(), dimension, seed);
        return
        [
            .. counts.Select(n =>
            {
                var gram = InfiniteWidthGram.Of(points.AsSpan(0, n * dimension), dimension);
                return new GramNorm(n, gram.Norm, gram.SmallestEigenvalue);
            }),
        ];
    }

    /// <summary>Uniform on the unit sphere, one point after another.</summary>
    internal static double[] Sphere(int count, int dimension, int seed)
    {
        var random = new RandomStream(seed, RandomPurpose.Data);
        var points = new double[count * dimension];
        for (var i = 0; i < count; i++)
        {
            var point = points.AsSpan(i * dimension, dimension);
            foreach (ref var x in point)
            {
                x = random.NextNormal();
            }

            TensorPrimitives.Divide(point, TensorPrimitives.Norm<double>(point), point);
        }

        return points;
    }
}
