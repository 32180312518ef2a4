namespace Stepsize.Training.Comparison;

/// <summary>Axis values of several sweeps as columns of one table.</summary>
internal static class AxisValues
{
    /// <summary>How close two values are that count as the same: grids computed from logarithms miss round numbers by the last bits.</summary>
    private const double Tolerance = 1e-9;

    public static bool AreSame(double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));

    /// <summary>Ascending, those that count as the same once.</summary>
    public static IReadOnlyList<double> Union(IEnumerable<double> values)
    {
        var union = new List<double>();
        foreach (var value in values.Order())
        {
            if (union.Count == 0 || !AreSame(union[^1], value))
            {
                union.Add(value);
            }
        }

        return union;
    }
}
