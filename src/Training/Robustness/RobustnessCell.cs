namespace Stepsize.Training.Robustness;

/// <summary>The runs of one optimizer and axis value, over seeds.</summary>
/// <param name="InitialStepsize">s₀ of the axis value.</param>
/// <param name="Runs">Seeds that have a result; 0 for a value that was not tried yet, or whose runs were cut short or failed.</param>
/// <param name="Diverged">Those of them that diverged or exploded.</param>
/// <param name="Exploded">Those of them that exploded.</param>
/// <param name="Mean">Over the seeds with a finite value, as heatmaps print it; NaN where there is none.</param>
/// <param name="HalfWidth">Half the 95% Student t interval of <paramref name="Mean"/>; NaN for fewer than two values.</param>
/// <param name="Score">
/// Over all seeds, what diverged counting as guessing (accuracies) or as +∞ (losses and gradient norms): what every statistic of a row is made of. NaN
/// without runs.
/// </param>
public sealed record RobustnessCell(
    double AxisValue, double InitialStepsize, int Runs, int Diverged, int Exploded, double Mean, double HalfWidth, double Score)
{
    /// <summary>Whether the stepsize lost the cell as a whole: every seed diverged, or one did and the measure has no number for that.</summary>
    public bool IsLost => Runs > 0 && (Diverged == Runs || double.IsPositiveInfinity(Score));
}
