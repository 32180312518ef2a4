namespace Stepsize.Training.Robustness;

/// <summary>One run as the robustness of its sweep sees it.</summary>
/// <param name="Row">Index into the specification's optimizers.</param>
/// <param name="Value">The measure at the evaluation looked at; not finite where the run has none.</param>
/// <param name="Diverged">Whether its loss or parameters became NaN or infinite.</param>
public readonly record struct RunScore(int Row, double AxisValue, double Value, bool Diverged);
