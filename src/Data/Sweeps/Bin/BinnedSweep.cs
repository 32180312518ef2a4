namespace Stepsize.Data.Sweeps.Bin;

/// <summary>A sweep in the bin.</summary>
/// <param name="Workload">The workload's id.</param>
/// <param name="Status">Where it stood; restored, it stands there again.</param>
/// <param name="Runs">Runs that come back with it.</param>
/// <param name="Until">When it is removed for good.</param>
public sealed record BinnedSweep(long Id, string Name, string Workload, SweepStatus Status, int Runs, DateTimeOffset DeletedAt, DateTimeOffset Until);
