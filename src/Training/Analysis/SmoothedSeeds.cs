using System.Numerics.Tensors;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Analysis;

/// <summary>What seeds measured, to be drawn from: a seed at random, spread and smoothed as <see cref="StatisticBootstrap"/> says.</summary>
internal sealed class SmoothedSeeds
{
    private readonly double[] _mean;
    private readonly double[][] _deviations;
    private readonly double _spread;
    private readonly double _noise;

    public SmoothedSeeds(IReadOnlyList<double[]> seeds)
    {
        var n = seeds.Count;
        _mean = [.. seeds[0].Select((_, i) => SampleMean.Of([.. seeds.Select(s => s[i])]).Mean)];
        _deviations = [.. seeds.Select(s => s.Select((value, i) => value - _mean[i]).ToArray())];

        // Silverman's rule for a normal of one dimension: what is estimated is one number.
        var bandwidth = n < StatisticBootstrap.EnoughSeeds ? Math.Pow(4.0 / (3 * n), 0.2) : 0;
        var shrink = Math.Sqrt(1 + (bandwidth * bandwidth));
        _spread = Math.Sqrt(n / (n - 1.0)) / shrink;
        _noise = bandwidth / Math.Sqrt(n - 1.0) / shrink;
    }

    public int Count => _deviations.Length;

    /// <summary>Numbers of a seed.</summary>
    public int Length => _mean.Length;

    /// <param name="vector">Is overwritten.</param>
    public void Draw(ref RandomStream random, double[] vector)
    {
        TensorPrimitives.MultiplyAdd(_deviations[random.NextBelow(Count)], _spread, _mean, vector);
        if (_noise == 0)
        {
            return;
        }

        // Normal with the seeds' covariance: a sum of their deviations, each times a standard normal number.
        foreach (var deviation in _deviations)
        {
            TensorPrimitives.MultiplyAdd(deviation, _noise * random.NextNormal(), vector, vector);
        }
    }
}
