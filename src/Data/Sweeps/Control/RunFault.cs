namespace Stepsize.Data.Sweeps.Control;

/// <summary>A run that something other than its training ended.</summary>
/// <param name="Optimizer">The optimizer's id.</param>
public sealed record RunFault(long RunId, long SweepId, string SweepName, string Optimizer, double AxisValue, int Seed, string Error);
