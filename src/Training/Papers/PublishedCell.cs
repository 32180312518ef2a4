namespace Stepsize.Training.Papers;

/// <summary>One number of a table as it was printed, in the table's unit.</summary>
/// <param name="Mean">Null where the paper prints none: <see cref="PaperTable.NullMeans"/> says why.</param>
/// <param name="StandardDeviation">Over the paper's runs; null where it gives none.</param>
public sealed record PublishedCell(double? Mean, double? StandardDeviation)
{
    /// <summary>A cell without a number.</summary>
    public static PublishedCell Empty { get; } = new(null, null);
}
