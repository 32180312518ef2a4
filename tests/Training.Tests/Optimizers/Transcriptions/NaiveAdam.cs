using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Tests.Optimizers.Transcriptions;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1), a coordinate at a time.</summary>
internal sealed class NaiveAdam(double beta1, double beta2, double epsilon, bool inside, int length)
{
    private readonly double[] _m = new double[length];
    private readonly double[] _v = new double[length];

    public static NaiveAdam Of(OptionSet options, ParameterLayout layout, bool inside) =>
        new(options.Number("beta1"), options.Number("beta2"), options.Number("epsilon"), inside, layout.Length);

    /// <summary>Updates both moments and returns m̂ and 1/(√v̂ + ε), or 1/√(v̂ + ε).</summary>
    public (double M, double Inverse) Moments(int j, double g, int t)
    {
        _m[j] = (beta1 * _m[j]) + ((1 - beta1) * g);
        _v[j] = (beta2 * _v[j]) + ((1 - beta2) * g * g);
        var m = _m[j] / (1 - Math.Pow(beta1, t));
        var v = _v[j] / (1 - Math.Pow(beta2, t));
        return (m, 1 / (inside ? Math.Sqrt(v + epsilon) : Math.Sqrt(v) + epsilon));
    }

    public double[] Step(double[] x, double[] g, double lr, int t)
    {
        var steps = new double[x.Length];
        for (var j = 0; j < x.Length; j++)
        {
            var (m, inverse) = Moments(j, g[j], t);
            steps[j] = lr * inverse;
            x[j] -= steps[j] * m;
        }

        return steps;
    }
}
