using Stepsize.Training.Randomness;

namespace Stepsize.Training.Analysis;

/// <summary>
/// The error of a statistic that is computed from all seeds at once, such as the largest of many medians, by drawing whole seeds again (Efron 1979): each draw
/// takes everything that a seed measured, so that what its results at several stepsizes have in common stays with them. The same draws every time.
/// </summary>
/// <remarks>
/// Percentiles of the draws would be far too narrow for the 3 or 5 seeds that there are: seeds drawn from n have a variance of (n − 1)/n of what is estimated,
/// and nothing tells that this is itself an estimate. So draws are spread by √(n/(n − 1)), and what is taken from them is a standard error, to be used with
/// Student's t of n − 1 degrees, which is exact for a mean of normal values. With few seeds a median also takes few values: a median of 25 drawn from 2 is one
/// of the two, with ten times the variance that it has. Below <see cref="EnoughSeeds"/> draws are therefore smoothed by normal noise of the seeds' own
/// covariance, with Silverman's (1986) bandwidth, and shrunk to keep their variance (Silverman and Young 1987).
/// </remarks>
public static class StatisticBootstrap
{
    public const int Draws = 1000;

    /// <summary>From here on medians of drawn seeds take enough values to be used as they are.</summary>
    public const int EnoughSeeds = 10;

    /// <param name="seeds">One vector a seed, all of the same length: what the statistic is computed from.</param>
    /// <param name="statistic">Of any number of such vectors; not finite where it has no value.</param>
    /// <param name="publishedRuns">m, runs behind the paper's number.</param>
    /// <returns>Null for fewer than two seeds, and where the statistic has no value for nearly all draws.</returns>
    public static ResampledError? Of(IReadOnlyList<double[]> seeds, Func<IReadOnlyList<double[]>, double> statistic, int publishedRuns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(publishedRuns);
        if (seeds.Count < 2)
        {
            return null;
        }

        // Exactly 0, not what sums of equal numbers round to.
        if (seeds.All(s => s.AsSpan().SequenceEqual(seeds[0])))
        {
            return new ResampledError(0, 0, 0, seeds.Count - 1);
        }

        var source = new SmoothedSeeds(seeds);
        var ours = Draw(source, statistic, seeds.Count, stream: 0);
        var published = Draw(source, statistic, publishedRuns, stream: 1);
        return ours.Count < 2 || published.Count < 2
            ? null
            : new ResampledError(Deviation(ours), Deviation(published), Math.Abs(SampleMean.Of(ours).Mean - SampleMean.Of(published).Mean), seeds.Count - 1);
    }

    private static List<double> Draw(SmoothedSeeds source, Func<IReadOnlyList<double[]>, double> statistic, int runs, int stream)
    {
        var random = new RandomStream(source.Count, RandomPurpose.Resampling, stream);
        var drawn = new double[runs][];
        for (var k = 0; k < runs; k++)
        {
            drawn[k] = new double[source.Length];
        }

        var values = new List<double>(Draws);
        for (var d = 0; d < Draws; d++)
        {
            foreach (var vector in drawn)
            {
                source.Draw(ref random, vector);
            }

            if (statistic(drawn) is var value && double.IsFinite(value))
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>0 exactly where all draws agree.</summary>
    private static double Deviation(List<double> values) => SampleMean.Of(values).StandardDeviation ?? 0;
}
