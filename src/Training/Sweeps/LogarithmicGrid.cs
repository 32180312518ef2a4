using System.Globalization;

namespace Stepsize.Training.Sweeps;

/// <summary>Axis values that are equally far apart on a logarithmic axis, as the papers' figures have them.</summary>
public static class LogarithmicGrid
{
    /// <summary>Digits kept of each value: 3.162 in place of √10, so that tables and files are readable.</summary>
    public const int SignificantDigits = 4;

    /// <param name="first">First value, greater than 0.</param>
    /// <param name="last">Last value, greater than 0; may be below <paramref name="first"/>.</param>
    /// <param name="count">Number of values, both ends included; at least 1.</param>
    public static IReadOnlyList<double> Values(double first, double last, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(last);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var (from, to) = (Math.Log10(first), Math.Log10(last));
        return [.. Enumerable.Range(0, count).Select(i => Rounded(Math.Pow(10, count == 1 ? from : from + ((to - from) * i / (count - 1)))))];
    }

    private static double Rounded(double value) =>
        double.Parse(value.ToString($"E{SignificantDigits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
