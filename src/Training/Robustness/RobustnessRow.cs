namespace Stepsize.Training.Robustness;

/// <summary>How much the result of one optimizer depends on its initial stepsize. Every cell with a result is counted, those that diverged too.</summary>
public sealed record RobustnessRow
{
    /// <summary>Index into the specification's optimizers.</summary>
    public required int Row { get; init; }

    /// <summary>By axis value; values without a result have no runs.</summary>
    public required IReadOnlyList<RobustnessCell> Cells { get; init; }

    /// <summary>The best score of a cell; NaN where no run has a value.</summary>
    public required double Best { get; init; }

    /// <summary>Axis value of the best; the smallest where several are equal, as all at the rounding floor are. NaN without a best.</summary>
    public required double BestAt { get; init; }

    /// <summary>Whether the best is no more than a bound: the loss is below what rounding lets one tell.</summary>
    public bool BestIsBound { get; init; }

    /// <summary>Around the best, against the best of all rows. Null where the row's best is not within the tolerance of it.</summary>
    public RobustBand? Band { get; init; }

    /// <summary>
    /// Around the best, against the row's own best: what no competitor changes. Null where no run has a value, or, for accuracies, where the best is no better
    /// than guessing.
    /// </summary>
    public RobustBand? OwnBand { get; init; }

    /// <summary>Over the scores of the cells; NaN for a loss of which a cell is lost, and without any result.</summary>
    public required double Mean { get; init; }

    /// <summary>Over the scores of the cells; +∞ where half of the losses are.</summary>
    public required double Median { get; init; }

    /// <summary>The worst score; +∞ where a loss is lost.</summary>
    public required double Worst { get; init; }

    /// <summary>
    /// Of the population, division by n, as the tables of Ioannou, Tagaris and Stafylopatis (2023); NaN for fewer than two cells and where the mean is.
    /// </summary>
    public required double StandardDeviation { get; init; }

    /// <summary>
    /// Mean score over the logarithm of the initial stepsize, by trapezoids over the cells with a result: arithmetic for accuracies, geometric for losses and
    /// gradient norms, and +∞ for those where a cell is lost.
    /// </summary>
    public required double Area { get; init; }

    /// <summary>What the optimizer gives without tuning; null where it has no default or the grid does not reach it.</summary>
    public UntunedResult? Untuned { get; init; }

    /// <summary>Seeds with a result, over all cells.</summary>
    public int Runs => Cells.Sum(c => c.Runs);

    /// <summary>Those of them that diverged or exploded.</summary>
    public int Diverged => Cells.Sum(c => c.Diverged);

    /// <summary>Those of them that exploded.</summary>
    public int Exploded => Cells.Sum(c => c.Exploded);

    /// <summary>Cells that <see cref="RobustnessCell.IsLost"/>.</summary>
    public int LostCells => Cells.Count(c => c.IsLost);

    /// <summary>Whether every run with a result diverged or exploded.</summary>
    public bool IsLost => Runs > 0 && Diverged == Runs;
}
