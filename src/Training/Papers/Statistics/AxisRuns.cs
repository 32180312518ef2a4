namespace Stepsize.Training.Papers.Statistics;

/// <summary>The runs of one axis value, one a seed, by seed.</summary>
public sealed record AxisRuns(double Value, IReadOnlyList<StoredRun> Runs);
