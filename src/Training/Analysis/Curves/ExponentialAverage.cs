namespace Stepsize.Training.Analysis.Curves;

/// <summary>
/// The exponential moving average with weight 2/(n + 1) for the newest value, divided by the weights that the values so far have, so that it does not start
/// at 0. It looks back only: what it shows at an iteration was known then.
/// </summary>
public sealed record ExponentialAverage : Smoothing
{
    internal const string Name = "ema";

    /// <param name="iterations">n, from 2 to <see cref="Smoothing.WidestWindow"/>: the average's centre of mass lies (n − 1)/2 iterations back.</param>
    public ExponentialAverage(int iterations)
        : base(iterations)
    {
    }

    public override string Slug => $"{Name}:{Iterations}";

    public override void Apply(ReadOnlySpan<float> values, Span<float> smoothed)
    {
        var newest = 2.0 / (Iterations + 1);
        var kept = 1 - newest;
        var (sum, weight) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                smoothed[i] = float.NaN;
                continue;
            }

            sum = (kept * sum) + (newest * values[i]);
            weight = (kept * weight) + newest;
            smoothed[i] = (float)(sum / weight);
        }
    }
}
