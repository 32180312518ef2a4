namespace Stepsize.Training.Workloads;

/// <summary>How small a loss can be told from zero: it is computed from numbers that are rounded.</summary>
public static class RoundingFloor
{
    /// <summary>A sum of many terms gathers some tens of them.</summary>
    public const int Roundings = 50;

    /// <summary>Of <see cref="Roundings"/> roundings relative to numbers of the given size.</summary>
    /// <param name="scalarBytes">4 for float, whose unit roundoff is 2⁻²⁴, or 8 for double, whose is 2⁻⁵³.</param>
    public static double Of(double size, int scalarBytes) => Roundings * size * (scalarBytes == sizeof(float) ? (1.0 / (1 << 24)) : (1.0 / (1L << 53)));

    /// <summary>Floors of all measures that a problem knows one for, by the measure's name.</summary>
    public static IReadOnlyDictionary<string, double> Of(Problem problem) => problem.Measures
        .Select(m => (Measure: m.ToString(), Floor: problem.RoundingFloorOf(m)))
        .Where(f => f.Floor > 0)
        .ToDictionary(f => f.Measure, f => f.Floor, StringComparer.Ordinal);
}
