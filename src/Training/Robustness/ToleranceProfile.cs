namespace Stepsize.Training.Robustness;

/// <summary>
/// Width against tolerance: a performance profile (Dolan and Moré 2002) with the initial stepsize in place of the problem. It needs no choice of a tolerance.
/// </summary>
/// <param name="Tolerances">Ascending: points of accuracy from 0 to 10, or factors from 1 to 1000.</param>
/// <param name="Rows">One a row of the study.</param>
public sealed record ToleranceProfile(IReadOnlyList<Tolerance> Tolerances, IReadOnlyList<ProfileRow> Rows)
{
    /// <summary>Largest number of points shown.</summary>
    public const double MostPoints = 10;

    /// <summary>Largest factor shown.</summary>
    public const double MostFactor = 1000;

    private const int PointSteps = 50;
    private const int FactorSteps = 60;

    internal static IReadOnlyList<Tolerance> Points { get; } =
        [.. Enumerable.Range(0, PointSteps + 1).Select(i => Tolerance.OfPoints(MostPoints * i / PointSteps))];

    internal static IReadOnlyList<Tolerance> Factors { get; } =
        [.. Enumerable.Range(0, FactorSteps + 1).Select(i => Tolerance.OfFactor(Math.Pow(MostFactor, (double)i / FactorSteps)))];
}

/// <summary>One row of a profile.</summary>
/// <param name="Row">Index into the specification's optimizers.</param>
/// <param name="Widths">For each tolerance, against the best of all rows; null where the row's best is not within it.</param>
/// <param name="OwnWidths">For each tolerance, against the row's own best; null where the row has none.</param>
public sealed record ProfileRow(int Row, IReadOnlyList<RobustBand?> Widths, IReadOnlyList<RobustBand?> OwnWidths);
