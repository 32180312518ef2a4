namespace Stepsize.Training.Analysis;

/// <summary>One run of a cell at the moment looked at.</summary>
/// <param name="Value">What it measured; NaN where it has no result yet, or has diverged or exploded.</param>
/// <param name="Diverged">Whether it has diverged or exploded by then.</param>
/// <param name="Exploded">Whether it is the latter.</param>
public sealed record SeedResult(MeasuredRun Run, double Value, bool Diverged, bool Exploded = false);
