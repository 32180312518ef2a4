namespace Stepsize.Training.Analysis;

/// <summary>A mean with what is known of its sample.</summary>
/// <param name="StandardDeviation">Of the sample, division by n − 1; null where it is not known.</param>
/// <param name="Count">n; 1 where the source does not say.</param>
public readonly record struct SampleMean(double Mean, double? StandardDeviation, int Count)
{
    /// <summary>s²/n; null where the spread is not known or rests on one value.</summary>
    internal double? SquaredError => Count >= 2 && StandardDeviation is { } s ? s * s / Count : null;
}
