using Stepsize.Training.Workloads;

namespace Stepsize.Training.Analysis;

/// <summary>
/// The values between which colours and axes run. Accuracies have ends by nature; losses and gradient norms do not, so that a single one of 4e142 would make all
/// others one colour: theirs run, by their logarithm, from quantile 2 to quantile 98, and what lies beyond has the colour of the end.
/// </summary>
/// <param name="Low">Smallest value told apart from smaller ones; greater than 0 where <paramref name="IsLogarithmic"/>.</param>
/// <param name="High">Largest value told apart from larger ones.</param>
/// <param name="Smallest">Of all values, those of 0 and less among them.</param>
/// <param name="Largest">Of all values.</param>
public sealed record ShownRange(double Low, double High, double Smallest, double Largest, bool IsLogarithmic)
{
    private const double LowerQuantile = 0.02;
    private const double UpperQuantile = 0.98;

    /// <summary>Decades that an outermost value may always be away from its quantile.</summary>
    private const double NearDecades = 3;

    public bool HasBelow => Smallest < Low;

    public bool HasAbove => Largest > High;

    /// <param name="values">Finite values of finished cells.</param>
    /// <returns>Null where there are none.</returns>
    public static ShownRange? Of(Measure measure, IReadOnlyCollection<double> values) => Of(values, !measure.IsAccuracy());

    /// <param name="spansDecades">Whether the values have no upper end by nature, as losses.</param>
    public static ShownRange? Of(IReadOnlyCollection<double> values, bool spansDecades)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var (smallest, largest) = (values.Min(), values.Max());
        double[] logarithms = spansDecades ? [.. values.Where(v => v > 0).Select(Math.Log10).Order()] : [];
        if (logarithms.Length == 0)
        {
            return new ShownRange(smallest, largest, smallest, largest, IsLogarithmic: false);
        }

        // Inner values, not between two of them: half way to 4e142 is 2e71.
        var lower = logarithms[(int)Math.Ceiling(LowerQuantile * (logarithms.Length - 1))];
        var upper = logarithms[(int)Math.Floor(UpperQuantile * (logarithms.Length - 1))];

        if (lower > upper)
        {
            (lower, upper) = (upper, lower);
        }

        // Of a few values the quantiles leave out the ends, outliers or not: one that is near is none.
        var near = Math.Max(NearDecades, upper - lower);
        var low = lower - logarithms[0] <= near ? logarithms[0] : lower;
        var high = logarithms[^1] - upper <= near ? logarithms[^1] : upper;
        return new ShownRange(ValueOf(low), ValueOf(Math.Max(low, high)), smallest, largest, IsLogarithmic: true);

        double ValueOf(double logarithm) => values.First(v => v > 0 && Math.Log10(v) == logarithm);
    }
}
