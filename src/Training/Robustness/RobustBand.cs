namespace Stepsize.Training.Robustness;

/// <summary>
/// The stretch of the axis around an optimizer's best value where its mean stays within a point of the best over all optimizers. Between two grid
/// values the mean is taken to be straight in the logarithm of the axis; a band never enters the gap before a cell with a diverged or missing seed.
/// </summary>
/// <param name="ReachesFirst">Whether it goes to the smallest axis value, or to one before a value without any run: its true width may be more.</param>
/// <param name="ReachesLast">The same towards the largest axis value.</param>
public sealed record RobustBand(double From, double To, bool ReachesFirst, bool ReachesLast)
{
    /// <summary>Width in decades.</summary>
    public double Decades => Math.Log10(To / From);

    /// <summary>Whether the true width may be more than <see cref="Decades"/>, shown as ≥.</summary>
    public bool IsAtLeast => ReachesFirst || ReachesLast;
}
