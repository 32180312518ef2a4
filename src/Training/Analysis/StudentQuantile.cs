using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace Stepsize.Training.Analysis;

/// <summary>The 0.975 quantile of Student's t, which two-sided 95% intervals are made of.</summary>
internal static class StudentQuantile
{
    private const double Upper = 0.975;

    /// <summary>Whole degrees are asked for again and again, and each takes a search.</summary>
    private static readonly ConcurrentDictionary<int, double> Known = new();

    /// <param name="degrees">Of freedom, above 0.</param>
    public static double Of(double degrees) =>
        degrees == Math.Floor(degrees) && degrees <= int.MaxValue ? Known.GetOrAdd((int)degrees, static d => Compute(d)) : Compute(degrees);

    private static double Compute(double degrees) => StudentT.InvCDF(location: 0, scale: 1, freedom: degrees, p: Upper);
}
