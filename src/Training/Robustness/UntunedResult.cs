namespace Stepsize.Training.Robustness;

/// <summary>
/// An optimizer at its default, and what tuning its initial stepsize gains (Sivaprasad et al. 2020; Schmidt, Schneider and Hennig 2021).
/// </summary>
/// <param name="InitialStepsize">s₀ of the default.</param>
/// <param name="Score">There, straight between the cells beside it in log s₀; +∞ for a loss where one of them is lost.</param>
/// <param name="Gain">
/// Of tuning, at least 0 but for rounding: for accuracies best − score in [0, 1]; for losses and gradient norms the decades log₁₀(score/best), +∞ where the
/// default is lost. NaN where the row has no best.
/// </param>
public sealed record UntunedResult(double InitialStepsize, double Score, double Gain);
