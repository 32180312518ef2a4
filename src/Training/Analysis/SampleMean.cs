using MathNet.Numerics.Statistics;

namespace Stepsize.Training.Analysis;

/// <summary>A mean with what is known of its sample.</summary>
/// <param name="StandardDeviation">Of the sample, division by n − 1; null where it is not known.</param>
/// <param name="Count">n; 1 where the source does not say.</param>
public readonly record struct SampleMean(double Mean, double? StandardDeviation, int Count)
{
    /// <summary>The spread; null where it is not known or rests on one value.</summary>
    internal double? Spread => Count >= 2 ? StandardDeviation : null;

    /// <summary>
    /// Mean and deviation of a sample. Equal values have their value as mean and a deviation of 0 exactly: what summing them rounds is no spread.
    /// </summary>
    /// <param name="values">Finite, at least one.</param>
    public static SampleMean Of(IReadOnlyCollection<double> values)
    {
        var (least, most) = (values.Min(), values.Max());
        return least == most
            ? new SampleMean(least, values.Count < 2 ? null : 0, values.Count)
            : new SampleMean(values.Average(), values.StandardDeviation(), values.Count);
    }
}
