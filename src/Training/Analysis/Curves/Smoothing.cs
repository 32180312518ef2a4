using System.Globalization;

namespace Stepsize.Training.Analysis.Curves;

/// <summary>
/// A smoother line through a noisy column, made from every iteration before anything is sampled, so that it does not depend on how much of the run is looked at.
/// </summary>
public abstract record Smoothing
{
    /// <summary>Most iterations that a value is made from.</summary>
    public const int WidestWindow = 10_001;

    /// <param name="Iterations">About how many iterations a value is made from.</param>
    private protected Smoothing(int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, WidestWindow);
        Iterations = iterations;
    }

    public int Iterations { get; }

    /// <summary>As addresses name it: <c>ema:100</c>, <c>median:101</c>.</summary>
    public abstract string Slug { get; }

    /// <summary>Writes the smoothed column. Where a value is not finite the smoothed one is NaN, and its neighbours are made without it.</summary>
    /// <param name="values">One number an iteration.</param>
    /// <param name="smoothed">As long; may not overlap.</param>
    public abstract void Apply(ReadOnlySpan<float> values, Span<float> smoothed);

    /// <param name="slug">As <see cref="Slug"/> writes it.</param>
    /// <returns>Null where it names none.</returns>
    public static Smoothing? Parse(string? slug)
    {
        var parts = slug?.Split(':');
        if (parts is not [var kind, var width]
            || !int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < 2 or > WidestWindow)
        {
            return null;
        }

        return kind switch
        {
            ExponentialAverage.Name => new ExponentialAverage(iterations),
            MovingMedian.Name => new MovingMedian(iterations),
            _ => null,
        };
    }
}
