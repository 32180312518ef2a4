using Stepsize.Training.Robustness;

namespace Stepsize.Training.Analysis;

/// <summary>Mean over seeds with Student's 95% interval.</summary>
/// <param name="Count">n, the seeds that have a value.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="HalfWidth">The interval is mean ± this; NaN for one seed.</param>
public sealed record SeedStatistics(int Count, double Mean, double HalfWidth)
{
    /// <param name="values">Finite values, at least one.</param>
    public static SeedStatistics Of(IReadOnlyCollection<double> values) =>
        values.Count == 0
            ? throw new ArgumentException("A mean needs at least one value.", nameof(values))
            : new SeedStatistics(values.Count, SampleMean.Of(values).Mean, StudentInterval.HalfWidth(values));
}
