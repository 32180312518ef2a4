namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>The median of few values, such as the stepsizes of neurons or tensors.</summary>
internal sealed class Median(int length)
{
    private readonly RunningMedian<double> _running = new(length);

    /// <summary>The middle value, or the mean of the two middle ones; NaN if one value is NaN.</summary>
    public double Of(ReadOnlySpan<double> values)
    {
        var (lower, upper) = _running.Of(values);
        return Of(lower, upper);
    }

    /// <summary>The mean of the two middle values, to the bit their common value where they are equal.</summary>
    public static double Of(double lower, double upper) => lower == upper ? lower : (0.5 * lower) + (0.5 * upper);
}
