using System.Globalization;
using Stepsize.Training.Analysis;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Robustness;

/// <summary>
/// How much worse than the reference a result may be and still count as trained: points for accuracies, a factor for losses and gradient norms, or, for those,
/// a bound of its own.
/// </summary>
public sealed record Tolerance
{
    /// <summary>Two points of accuracy.</summary>
    public const double DefaultPoints = 2;

    /// <summary>Ten times the loss.</summary>
    public const double DefaultFactor = 10;

    /// <summary>The largest number of points: all of them.</summary>
    public const double MostPoints = 100;

    /// <summary>The largest factor.</summary>
    public const double MostFactor = 1e12;

    private const string FactorPrefix = "x";
    private const string BelowPrefix = "below-";

    private Tolerance(ToleranceKind kind, double value) => (Kind, Value) = (kind, value);

    public ToleranceKind Kind { get; }

    /// <summary>Points in [0, 100], a factor of at least 1, or a bound above 0.</summary>
    public double Value { get; }

    /// <summary>For addresses: <c>2</c>, <c>x10</c> or <c>below-1E-08</c>.</summary>
    public string Slug => (Kind switch
    {
        ToleranceKind.Factor => FactorPrefix,
        ToleranceKind.Below => BelowPrefix,
        _ => "",
    }) + Value.ToString("R", CultureInfo.InvariantCulture);

    public static Tolerance OfPoints(double points) =>
        points is >= 0 and <= MostPoints ? new(ToleranceKind.Points, points)
        : throw new ArgumentOutOfRangeException(nameof(points), points, "Points lie from 0 to 100.");

    public static Tolerance OfFactor(double factor) =>
        factor is >= 1 and <= MostFactor ? new(ToleranceKind.Factor, factor)
        : throw new ArgumentOutOfRangeException(nameof(factor), factor, "A factor lies from 1 to 1e12.");

    public static Tolerance OfBound(double bound) =>
        bound > 0 && double.IsFinite(bound) ? new(ToleranceKind.Below, bound)
        : throw new ArgumentOutOfRangeException(nameof(bound), bound, "A bound is finite and above 0.");

    /// <summary>What is taken where nothing is said.</summary>
    public static Tolerance DefaultOf(Measure measure) => measure.IsAccuracy() ? OfPoints(DefaultPoints) : OfFactor(DefaultFactor);

    /// <summary>What is offered first, the default among it.</summary>
    public static IReadOnlyList<Tolerance> OfferedFor(Measure measure) =>
        measure.IsAccuracy() ? [OfPoints(1), OfPoints(2), OfPoints(5)] : [OfFactor(2), OfFactor(10), OfFactor(100)];

    /// <summary>What may be given for a measure, as the end of a sentence.</summary>
    public static string AllowedFor(Measure measure) =>
        measure.IsAccuracy()
            ? "points of accuracy from 0 to 100, such as 2"
            : "a factor from 1 to 1e12, such as x10, or a bound above 0, such as below-1e-8";

    /// <summary>Reads a <see cref="Slug"/>; null for anything else, and for a kind that the measure does not have.</summary>
    public static Tolerance? Parse(string? slug, Measure measure)
    {
        if (slug is null)
        {
            return null;
        }

        if (measure.IsAccuracy())
        {
            return Number(slug, "") is >= 0 and <= MostPoints and var points ? OfPoints(points) : null;
        }

        return Number(slug, FactorPrefix) is >= 1 and <= MostFactor and var factor ? OfFactor(factor)
            : Number(slug, BelowPrefix) is > 0 and var bound && double.IsFinite(bound) ? OfBound(bound)
            : null;
    }

    private static double? Number(string slug, string prefix) =>
        slug.StartsWith(prefix, StringComparison.Ordinal)
            && double.TryParse(slug.AsSpan(prefix.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
