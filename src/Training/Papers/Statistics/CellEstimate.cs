using Stepsize.Training.Analysis;

namespace Stepsize.Training.Papers.Statistics;

/// <summary>Our counterpart of a published number.</summary>
/// <param name="Value">NaN where every run diverged.</param>
/// <param name="StandardDeviation">Over seeds, of the sample; null for fewer than two.</param>
/// <param name="Seeds">Seeds with a value.</param>
/// <param name="Diverged">Seeds without a value because they diverged; where there is one, the number is not comparable with a mean over all.</param>
public sealed record CellEstimate(double Value, double? StandardDeviation, int Seeds, int Diverged = 0)
{
    /// <summary>Half of the 95% interval over seeds: Student's of a mean, or by resampling where <see cref="Error"/> is there; null for fewer than two.</summary>
    public double? HalfWidth { get; private init; }

    /// <summary>What resampling seeds says of a statistic over a grid; null for means over runs.</summary>
    public ResampledError? Error { get; private init; }

    /// <summary>A mean over seeds.</summary>
    /// <param name="values">One a seed; those that are not finite are counted as diverged.</param>
    public static CellEstimate? OfSeeds(IReadOnlyCollection<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return values.Count == 0 ? null
            : finite.Length == 0 ? new CellEstimate(double.NaN, null, 0, values.Count)
            : Of(SampleMean.Of(finite).Mean, finite, values.Count - finite.Length);
    }

    /// <summary>A number that is not the mean over seeds, with the spread of what each seed alone would give.</summary>
    /// <param name="perSeed">Finite or not; those that are not say nothing about the spread.</param>
    public static CellEstimate WithSpread(double value, IEnumerable<double> perSeed, int seeds)
    {
        double[] finite = [.. perSeed.Where(double.IsFinite)];
        return Of(value, finite, 0) with { Seeds = seeds };
    }

    /// <summary>The same with the error that resampling gives; fewer than two seeds have none.</summary>
    public CellEstimate With(ResampledError? error) => this with { Error = error, HalfWidth = error?.HalfWidth };

    /// <summary>The same in another unit.</summary>
    public CellEstimate Times(double factor) =>
        this with { Value = Value * factor, StandardDeviation = StandardDeviation * factor, HalfWidth = HalfWidth * factor, Error = Error?.Times(factor) };

    private static CellEstimate Of(double value, double[] finite, int diverged) =>
        finite.Length < 2
            ? new CellEstimate(value, null, finite.Length, diverged)
            : new CellEstimate(value, SampleMean.Of(finite).StandardDeviation, finite.Length, diverged) { HalfWidth = SeedStatistics.Of(finite).HalfWidth };
}
