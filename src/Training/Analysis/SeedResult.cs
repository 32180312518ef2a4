namespace Stepsize.Training.Analysis;

/// <summary>One run of a cell at the moment looked at.</summary>
/// <param name="Value">What it measured; NaN where it has no result yet, or has diverged.</param>
/// <param name="Diverged">Whether it has diverged by then.</param>
public sealed record SeedResult(MeasuredRun Run, double Value, bool Diverged);
