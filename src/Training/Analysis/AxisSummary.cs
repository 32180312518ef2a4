using MathNet.Numerics.Statistics;

namespace Stepsize.Training.Analysis;

/// <summary>A number that stands for an optimizer's results over all values of its axis (Ioannou, Tagaris and Stafylopatis 2023, section 5).</summary>
public enum AxisSummary
{
    Max,
    Min,
    Median,
    Mean,

    /// <summary>
    /// Of the population, division by n. The paper does not say which; its table 2 prints 0.422 for SGD, whose other three statistics go with about
    /// 0.42 so and about 0.45 with division by n − 1.
    /// </summary>
    StandardDeviation,
}

/// <summary>Computes an <see cref="AxisSummary"/>.</summary>
public static class AxisSummaries
{
    /// <param name="values">One an axis value.</param>
    /// <returns>NaN where there is no value, or one of them is NaN.</returns>
    public static double Of(this AxisSummary summary, IReadOnlyCollection<double> values)
    {
        if (values.Count == 0 || values.Any(double.IsNaN))
        {
            return double.NaN;
        }

        return summary switch
        {
            AxisSummary.Max => values.Max(),
            AxisSummary.Min => values.Min(),
            AxisSummary.Median => values.Median(),
            AxisSummary.Mean => values.Average(),
            _ => values.PopulationStandardDeviation(),
        };
    }
}
