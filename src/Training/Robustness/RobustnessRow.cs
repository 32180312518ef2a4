namespace Stepsize.Training.Robustness;

/// <summary>How much the result of one optimizer depends on its axis.</summary>
/// <param name="Row">Index into the specification's optimizers.</param>
/// <param name="Cells">By axis value. The statistics are over the means of cells that have one.</param>
/// <param name="Best">NaN, like the other statistics, where every run diverged.</param>
/// <param name="BestAt">Axis value of the best; the smallest where several are equal.</param>
/// <param name="Band">Null where the optimizer's best is not within a point of the best over all or has a diverged seed, and for measures that are not accuracies.</param>
/// <param name="StandardDeviation">Of the population, division by n, as the tables of Ioannou, Tagaris and Stafylopatis (2023); NaN for fewer than two cells.</param>
public sealed record RobustnessRow(
    int Row,
    IReadOnlyList<RobustnessCell> Cells,
    double Best,
    double BestAt,
    RobustBand? Band,
    double Mean,
    double Median,
    double Worst,
    double StandardDeviation)
{
    public int Runs => Cells.Sum(c => c.Runs);

    public int Diverged => Cells.Sum(c => c.Diverged);
}
