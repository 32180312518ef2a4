namespace Stepsize.Training.Comparison;

/// <summary>
/// The expected best of k results drawn at random without replacement: what tuning k values of an axis gives, chosen blindly. Exact, by the
/// distribution of order statistics: of N results sorted ascending the i-th is the largest of k drawn with probability C(i − 1, k − 1)/C(N, k).
/// </summary>
public static class ExpectedBest
{
    /// <param name="values">N results, in any order: finite, or the worst there is, +∞ where the smallest is best.</param>
    /// <param name="isLargerBetter">Whether the best is the largest.</param>
    /// <returns>For k = 1 … N: the mean first, the best of all last; infinite while a draw of k may hold nothing better.</returns>
    public static IReadOnlyList<double> Of(IReadOnlyCollection<double> values, bool isLargerBetter)
    {
        if (values.Any(v => double.IsNaN(v) || v == (isLargerBetter ? double.PositiveInfinity : double.NegativeInfinity)))
        {
            throw new ArgumentException("Results must be numbers: give diverged ones the value that they count as.", nameof(values));
        }

        // Worst first.
        double[] sorted = [.. isLargerBetter ? values.Order() : values.OrderDescending()];
        var expected = new double[sorted.Length];
        for (var k = 1; k <= sorted.Length; k++)
        {
            // From the best down: C(N − 1, k − 1)/C(N, k) = k/N, and each weight follows from the last, so no binomial is ever formed.
            var weight = (double)k / sorted.Length;
            for (var i = sorted.Length; i >= k; i--)
            {
                expected[k - 1] += weight * sorted[i - 1];
                weight *= (double)(i - k) / (i - 1);
            }
        }

        return expected;
    }
}
