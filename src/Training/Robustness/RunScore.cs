namespace Stepsize.Training.Robustness;

/// <summary>One run as the robustness of its sweep sees it. A run that neither has a value nor diverged has no result and is not given.</summary>
/// <param name="Row">Index into the specification's optimizers.</param>
/// <param name="Value">The measure at the evaluation looked at; not read where the run diverged.</param>
/// <param name="Diverged">Whether it diverged or exploded by then.</param>
/// <param name="Exploded">Whether it is the latter.</param>
public readonly record struct RunScore(int Row, double AxisValue, int Seed, double Value, bool Diverged, bool Exploded = false);
