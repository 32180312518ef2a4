using MathNet.Numerics.Distributions;
using Stepsize.Training.Robustness;

namespace Stepsize.Training.Analysis.Curves;

/// <summary>What stands for the seeds of a configuration.</summary>
public enum SeedCenter
{
    /// <summary>Their mean, within Student's 95% interval.</summary>
    Mean,

    /// <summary>Their median, between the smallest and the largest.</summary>
    Median,
}

/// <summary>
/// The columns of one configuration's seeds as one line with a band, iteration by iteration. A seed whose value is not finite, or that has ended, is not in the
/// line from there on; <see cref="Seeds"/> says of how many each point is made, so that none leaves it unseen.
/// </summary>
/// <param name="Center">Mean or median; NaN where no seed has a value.</param>
/// <param name="Low">Lower end of the band; NaN where one seed or none has a value and the centre is a mean.</param>
/// <param name="High">Upper end.</param>
/// <param name="Seeds">Seeds with a finite value.</param>
public sealed record SeedBand(float[] Center, float[] Low, float[] High, float[] Seeds)
{
    /// <param name="columns">One a seed; they may differ in length. The first number is iteration 1's.</param>
    public static SeedBand Of(IReadOnlyList<float[]> columns, SeedCenter center)
    {
        var length = columns.Count == 0 ? 0 : columns.Max(c => c.Length);
        var band = new SeedBand(new float[length], new float[length], new float[length], new float[length]);
        double[] quantiles = [.. Enumerable.Range(0, columns.Count + 1).Select(Quantile)];
        Span<double> values = columns.Count <= 64 ? stackalloc double[columns.Count] : new double[columns.Count];
        for (var i = 0; i < length; i++)
        {
            var count = 0;
            foreach (var column in columns)
            {
                if (i < column.Length && float.IsFinite(column[i]))
                {
                    values[count++] = column[i];
                }
            }

            band.Seeds[i] = count;
            var (middle, low, high) = center == SeedCenter.Mean ? Mean(values[..count], quantiles[count]) : Median(values[..count]);
            (band.Center[i], band.Low[i], band.High[i]) = ((float)middle, (float)low, (float)high);
        }

        return band;
    }

    /// <summary>t(0.975, n − 1)/√n; NaN for fewer than two seeds, which say nothing about spread.</summary>
    private static double Quantile(int count) => count < 2
        ? double.NaN
        : StudentT.InvCDF(location: 0, scale: 1, freedom: count - 1, p: (1 + StudentInterval.Confidence) / 2) / Math.Sqrt(count);

    private static (double Middle, double Low, double High) Mean(ReadOnlySpan<double> values, double quantile)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = values.IsEmpty ? double.NaN : sum / values.Length;
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        var half = quantile * Math.Sqrt(squares / (values.Length - 1));
        return (mean, mean - half, mean + half);
    }

    private static (double Middle, double Low, double High) Median(Span<double> values)
    {
        if (values.IsEmpty)
        {
            return (double.NaN, double.NaN, double.NaN);
        }

        values.Sort();
        var half = values.Length / 2;
        return (values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2, values[0], values[^1]);
    }
}
