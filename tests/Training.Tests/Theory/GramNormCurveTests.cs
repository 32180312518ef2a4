using Stepsize.Training.Theory;
using Xunit;

namespace Stepsize.Training.Tests.Theory;

public class GramNormCurveTests
{
    /// <summary>By power iteration on ρ/4 + ρ·arcsin(ρ)/(2π), which is the expectation of definition 1 by Sheppard's formula, and no eigenvalue solver.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(200)]
    public void Of_PointsOnASphere_AgreesWithPowerIteration(int dimension)
    {
        int[] counts = [5, 40, 80];
        var points = GramNormCurve.Sphere(counts[^1], dimension, seed: 3);

        foreach (var norm in GramNormCurve.Of(counts, dimension, seed: 3))
        {
            Assert.Equal(LargestEigenvalue(points, norm.Points, dimension), norm.Norm, 1e-9);
        }
    }

    /// <summary>One point alone has H∞ = 1/2; more of them, whatever they are, no less, and at most n/2.</summary>
    [Fact]
    public void Of_GrowingNumbersOfPoints_GrowsFromOneHalf()
    {
        var curve = GramNormCurve.Of([1, 2, 20, 100], 30, seed: 0);

        Assert.Equal(0.5, curve[0].Norm, 1e-12);
        Assert.Equal(curve.Select(c => c.Norm).Order(), curve.Select(c => c.Norm));
        Assert.All(curve, c => Assert.InRange(c.Norm, 0.5 - 1e-12, c.Points / 2.0 + 1e-12));
        Assert.All(curve, c => Assert.InRange(c.SmallestEigenvalue, 0, 0.5 + 1e-12));
    }

    /// <summary>What the article says of nearly orthogonal data: 100 points in 10,000 dimensions have a norm near 1/2, in 5 dimensions one near n/(2πd).</summary>
    [Fact]
    public void Of_NearlyOrthogonalPoints_StaysNearOneHalf()
    {
        Assert.InRange(GramNormCurve.Of([100], 10_000, seed: 0)[0].Norm, 0.5, 0.6);
        Assert.InRange(GramNormCurve.Of([100], 5, seed: 0)[0].Norm, 3, 50);
    }

    private static double LargestEigenvalue(double[] points, int n, int dimension)
    {
        var h = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var product = 0.0;
                for (var k = 0; k < dimension; k++)
                {
                    product += points[(i * dimension) + k] * points[(j * dimension) + k];
                }

                product = Math.Clamp(product, -1, 1);
                h[i, j] = i == j ? 0.5 : (product / 4) + (product * Math.Asin(product) / (2 * Math.PI));
            }
        }

        double[] v = [.. Enumerable.Range(0, n).Select(i => 1 + (0.01 * i))];
        var value = 0.0;
        for (var iteration = 0; iteration < 20_000; iteration++)
        {
            double[] next = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => h[i, j] * v[j]))];
            value = Math.Sqrt(next.Sum(x => x * x));
            v = [.. next.Select(x => x / value)];
        }

        return value;
    }
}
