namespace Stepsize.Training.Robustness;

/// <summary>
/// The stretch of the axis around an optimizer's best value in which its score stays within the tolerance of a reference. Between two grid values the score
/// is taken to be straight in the logarithm of the initial stepsize; where a cell counts as infinite, the band ends before it.
/// </summary>
/// <param name="From">Smallest axis value.</param>
/// <param name="To">Largest axis value.</param>
/// <param name="ReachesFirst">Whether it goes to the smallest axis value, or to one before a value without a result: its true width may be more.</param>
/// <param name="ReachesLast">The same towards the largest axis value.</param>
/// <param name="Decades">Width in decades of the initial stepsize.</param>
public sealed record RobustBand(double From, double To, bool ReachesFirst, bool ReachesLast, double Decades)
{
    /// <summary>Whether the true width may be more than <see cref="Decades"/>, shown as ≥.</summary>
    public bool IsAtLeast => ReachesFirst || ReachesLast;
}
