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
        if (center == SeedCenter.Mean)
        {
            band.FillMeans(columns);
        }
        else
        {
            band.FillMedians(columns);
        }

        return band;
    }

    /// <summary>Column by column, as they lie in memory; the squares in a second pass, because the difference of large sums would lose the spread.</summary>
    private void FillMeans(IReadOnlyList<float[]> columns)
    {
        var means = new double[Center.Length];
        var squares = new double[Center.Length];
        foreach (var column in columns)
        {
            for (var i = 0; i < column.Length; i++)
            {
                if (float.IsFinite(column[i]))
                {
                    means[i] += column[i];
                    Seeds[i]++;
                }
            }
        }

        for (var i = 0; i < means.Length; i++)
        {
            means[i] = Seeds[i] > 0 ? means[i] / Seeds[i] : double.NaN;
        }

        foreach (var column in columns)
        {
            for (var i = 0; i < column.Length; i++)
            {
                if (float.IsFinite(column[i]))
                {
                    squares[i] += (column[i] - means[i]) * (column[i] - means[i]);
                }
            }
        }

        double[] quantiles = [.. Enumerable.Range(0, columns.Count + 1).Select(Quantile)];
        for (var i = 0; i < means.Length; i++)
        {
            var half = quantiles[(int)Seeds[i]] * Math.Sqrt(squares[i] / (Seeds[i] - 1));
            (Center[i], Low[i], High[i]) = ((float)means[i], (float)(means[i] - half), (float)(means[i] + half));
        }
    }

    private void FillMedians(IReadOnlyList<float[]> columns)
    {
        var values = new float[columns.Count];
        for (var i = 0; i < Center.Length; i++)
        {
            var count = 0;
            foreach (var column in columns)
            {
                if (i < column.Length && float.IsFinite(column[i]))
                {
                    values[count++] = column[i];
                }
            }

            Seeds[i] = count;
            (Center[i], Low[i], High[i]) = Median(values.AsSpan(0, count));
        }
    }

    /// <summary>t(0.975, n − 1)/√n; NaN for fewer than two seeds, which say nothing about spread.</summary>
    private static double Quantile(int count) => count < 2
        ? double.NaN
        : StudentT.InvCDF(location: 0, scale: 1, freedom: count - 1, p: (1 + StudentInterval.Confidence) / 2) / Math.Sqrt(count);

    private static (float Middle, float Low, float High) Median(Span<float> values)
    {
        if (values.IsEmpty)
        {
            return (float.NaN, float.NaN, float.NaN);
        }

        values.Sort();
        var half = values.Length / 2;
        var middle = values.Length % 2 == 1 ? values[half] : (float)((values[half - 1] + (double)values[half]) / 2);
        return (middle, values[0], values[^1]);
    }
}
