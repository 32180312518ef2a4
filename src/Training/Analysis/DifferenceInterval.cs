using MathNet.Numerics.Distributions;

namespace Stepsize.Training.Analysis;

/// <summary>
/// The difference between a mean of ours and a published one, with its 95% interval. What stands in the interval's way is said in <see cref="Basis"/>:
/// a paper that prints no spread gives less to go by than one that does.
/// </summary>
/// <param name="Difference">Ours minus published.</param>
/// <param name="HalfWidth">The interval is the difference ± this; half a unit of the last printed digit is in it.</param>
public sealed record DifferenceInterval(double Difference, double HalfWidth, IntervalBasis Basis)
{
    private const double Upper = 0.975;

    public bool ContainsZero => Math.Abs(Difference) <= HalfWidth;

    /// <param name="ours">Mean, sample standard deviation (not needed for one run) and number of runs.</param>
    /// <param name="published">The same of the paper; without a standard deviation where it gives none.</param>
    /// <param name="rounding">Half a unit of the last digit that the paper prints.</param>
    /// <returns>Null where neither side says anything about its spread.</returns>
    public static DifferenceInterval? Of(SampleMean ours, SampleMean published, double rounding)
    {
        var difference = ours.Mean - published.Mean;
        var (a, b) = (ours.SquaredError, published.SquaredError);
        return (a, b) switch
        {
            // Welch: the two spreads need not be equal.
            ({ } x, { } y) => new(difference, rounding + (Quantile(WelchDegrees(x, ours.Count, y, published.Count)) * Math.Sqrt(x + y)), IntervalBasis.BothSpreads),
            ({ } x, null) => new(difference, rounding + (Quantile(ours.Count - 1) * Math.Sqrt(x)), IntervalBasis.OurSpread),

            // A single run of ours against the paper's: a new draw from a normal whose mean and spread the paper has estimated.
            (null, { } y) => new(
                difference, rounding + (Quantile(published.Count - 1) * published.StandardDeviation!.Value * Math.Sqrt((1.0 / ours.Count) + (1.0 / published.Count))), IntervalBasis.PublishedSpread),
            _ => null,
        };
    }

    /// <summary>Welch and Satterthwaite's degrees of freedom; those of the pair together where neither varies at all.</summary>
    private static double WelchDegrees(double a, int n, double b, int m) =>
        a + b > 0 ? (a + b) * (a + b) / ((a * a / (n - 1)) + (b * b / (m - 1))) : n + m - 2;

    private static double Quantile(double degrees) => StudentT.InvCDF(location: 0, scale: 1, freedom: degrees, p: Upper);
}
