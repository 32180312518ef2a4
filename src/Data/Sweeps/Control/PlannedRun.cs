namespace Stepsize.Data.Sweeps.Control;

/// <summary>A run that an extension adds.</summary>
/// <param name="CopyOf">A finished run of another sweep with the same configuration, whose record is copied; null where the run has to be trained.</param>
public sealed record PlannedRun(GridPoint Point, TwinRun? CopyOf);

/// <summary>A run elsewhere in the database.</summary>
public sealed record TwinRun(long RunId, long SweepId);
