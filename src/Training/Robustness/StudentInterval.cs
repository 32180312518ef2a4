using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Stepsize.Training.Robustness;

/// <summary>Student's interval for the mean of a few values, such as one a seed.</summary>
public static class StudentInterval
{
    /// <summary>Probability that the interval covers the mean.</summary>
    public const double Confidence = 0.95;

    /// <summary>The interval is mean ± t(0.975, n − 1) · s/√n.</summary>
    /// <param name="values">Finite values.</param>
    /// <returns>NaN for fewer than two values, which say nothing about spread; 0 exactly for equal ones, whose sums may round.</returns>
    public static double HalfWidth(IReadOnlyCollection<double> values) =>
        values.Count < 2 ? double.NaN
            : values.Min() == values.Max() ? 0
            : StudentT.InvCDF(location: 0, scale: 1, freedom: values.Count - 1, p: (1 + Confidence) / 2)
                * values.StandardDeviation() / Math.Sqrt(values.Count);
}
