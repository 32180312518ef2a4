using Stepsize.Training.Faults;
using Stepsize.Training.Randomness;
using Stepsize.Training.Theory;
using Xunit;

namespace Stepsize.Training.Tests.Theory;

public class InfiniteWidthGramTests
{
    [Theory]
    [InlineData(-0.95)]
    [InlineData(-0.3)]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(0.99)]
    public void Of_TwoPoints_AgreesWithTheIntegralOverTheGaussian(double product)
    {
        var gram = InfiniteWidthGram.Of([1, 0, product, Math.Sqrt(1 - (product * product))], 2);

        Assert.Equal(product * BothPositive(product), gram.Matrix[0, 1], 1e-9);
        Assert.Equal(gram.Matrix[0, 1], gram.Matrix[1, 0]);
    }

    [Fact]
    public void Of_RandomPoints_AgreesWithTheMeanOverManyNeurons()
    {
        const int n = 6, d = 4, neurons = 100_000;
        var points = UnitPoints(n, d);
        var expected = new double[n, n];
        var random = new RandomStream(1, RandomPurpose.Data);
        var w = new double[d];
        for (var r = 0; r < neurons; r++)
        {
            for (var k = 0; k < d; k++)
            {
                w[k] = random.NextNormal();
            }

            AddActive(expected, points, w, d, 1.0 / neurons);
        }

        var gram = InfiniteWidthGram.Of(points, d);

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                // Five standard errors of a share of that many draws.
                Assert.Equal(expected[i, j], gram.Matrix[i, j], 5 * 0.5 / Math.Sqrt(neurons));
            }
        }
    }

    [Fact]
    public void Of_OrthogonalPoints_HasAllEigenvaluesOneHalf()
    {
        var gram = InfiniteWidthGram.Of([1, 0, 0, 0, 1, 0, 0, 0, 1], 3);

        Assert.All(gram.Eigenvalues, e => Assert.Equal(0.5, e, 1e-14));
        Assert.Equal(4, gram.CriticalStepsize, 1e-12);
    }

    [Fact]
    public void Of_TwoPoints_HasTheEigenvaluesOfATwoByTwoMatrix()
    {
        const double product = 0.6;
        var gram = InfiniteWidthGram.Of([1, 0, product, 0.8], 2);
        var off = product * (Math.PI - Math.Acos(product)) / (2 * Math.PI);

        Assert.Equal(0.5 - off, gram.SmallestEigenvalue, 1e-14);
        Assert.Equal(0.5 + off, gram.Norm, 1e-14);
    }

    [Fact]
    public void Of_EqualPoints_HasSmallestEigenvalueZeroAndTraceHalfN()
    {
        var gram = InfiniteWidthGram.Of([0.6, 0.8, 0.6, 0.8, 1, 0], 2);

        Assert.Equal(0, gram.SmallestEigenvalue, 1e-14);
        Assert.Equal(1.5, gram.Eigenvalues.Sum(), 1e-14);
    }

    [Fact]
    public void Of_PointThatIsNotOfNormOne_SaysWhichAndWhatToDo()
    {
        var fault = Assert.Throws<InvalidInputException>(() => InfiniteWidthGram.Of([1, 0, 3, 4], 2));

        Assert.Contains("Point 1 has norm 5", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>P(s ≥ 0, t ≥ 0) of two standard normals with this correlation: ∫ φ(s) Φ(ρs/√(1−ρ²)) ds over s ≥ 0, by Simpson's rule.</summary>
    private static double BothPositive(double correlation)
    {
        const int intervals = 20_000;
        const double end = 12;
        const double h = end / intervals;
        var slope = correlation / Math.Sqrt(1 - (correlation * correlation));
        var sum = 0.0;
        for (var k = 0; k <= intervals; k++)
        {
            var weight = k is 0 or intervals ? 1 : k % 2 == 1 ? 4 : 2;
            var s = k * h;
            sum += weight * MathNet.Numerics.Distributions.Normal.PDF(0, 1, s) * MathNet.Numerics.Distributions.Normal.CDF(0, 1, slope * s);
        }

        return sum * h / 3;
    }

    private static double[] UnitPoints(int n, int d)
    {
        var random = new RandomStream(0, RandomPurpose.Data);
        var points = new double[n * d];
        for (var i = 0; i < n; i++)
        {
            var norm = 0.0;
            for (var k = 0; k < d; k++)
            {
                var value = random.NextNormal();
                points[(i * d) + k] = value;
                norm += value * value;
            }

            for (var k = 0; k < d; k++)
            {
                points[(i * d) + k] /= Math.Sqrt(norm);
            }
        }

        return points;
    }

    /// <summary>One neuron's part of the empirical Gram matrix H of the article.</summary>
    private static void AddActive(double[,] sum, double[] points, double[] w, int d, double share)
    {
        var n = sum.GetLength(0);
        var active = Enumerable.Range(0, n).Select(i => Product(points, i, w, d) >= 0).ToArray();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                sum[i, j] += active[i] && active[j] ? share * Product(points, i, points[(j * d)..((j + 1) * d)], d) : 0;
            }
        }
    }

    private static double Product(double[] points, int i, double[] other, int d)
    {
        var product = 0.0;
        for (var k = 0; k < d; k++)
        {
            product += points[(i * d) + k] * other[k];
        }

        return product;
    }
}
