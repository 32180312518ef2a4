namespace Stepsize.Training.Robustness;

/// <summary>The runs of one optimizer and axis value, over seeds. A diverged seed is counted, and never averaged.</summary>
/// <param name="Runs">Seeds that have ended; 0 for a value that was not tried yet.</param>
/// <param name="Diverged">Those of them that diverged.</param>
/// <param name="Mean">Over the seeds with a finite value; NaN where there is none.</param>
/// <param name="HalfWidth">Half the 95% Student t interval of the mean; NaN for fewer than two values.</param>
public sealed record RobustnessCell(double AxisValue, int Runs, int Diverged, double Mean, double HalfWidth);
