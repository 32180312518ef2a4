using System.Numerics;
using Stepsize.Training.Parameters;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>A linear model with a bias as plain least squares: a last column of ones, whose coefficient is the bias.</summary>
internal static class AffineColumns
{
    /// <summary>Deviation of the weights that Zhang, Lipton, Li and Smola (2019) start from.</summary>
    private const double InitialDeviation = 0.01;

    /// <param name="rows">Rows to take.</param>
    /// <param name="features">Numbers of a row, the bias left out.</param>
    /// <param name="feature">Row and column to value.</param>
    /// <param name="target">Row to the number that is to be predicted.</param>
    public static LeastSquaresData<T> Build<T>(int rows, int features, Func<int, int, double> feature, Func<int, double> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var a = new T[rows * (features + 1)];
        var y = new T[rows];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < features; j++)
            {
                a[(i * (features + 1)) + j] = T.CreateTruncating(feature(i, j));
            }

            a[(i * (features + 1)) + features] = T.One;
            y[i] = T.CreateTruncating(target(i));
        }

        return new LeastSquaresData<T>(a, y);
    }

    /// <summary>One layer: a weight of one row, and its bias.</summary>
    public static ParameterLayout Layout(int features) =>
        new([new ParameterSegment("weight", 0, 0, [1, features]), new ParameterSegment("bias", 0, features, [1])]);

    /// <summary>Weights drawn from N(0, 0.01²), a bias of 0.</summary>
    public static double[] Initialise(int seed, int features)
    {
        var random = new RandomStream(seed, RandomPurpose.Initialisation);
        var x = new double[features + 1];
        for (var j = 0; j < features; j++)
        {
            x[j] = InitialDeviation * random.NextNormal();
        }

        return x;
    }
}
