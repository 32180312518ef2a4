namespace Stepsize.Data.Sweeps;

/// <summary>
/// Runs of a sweep that are trained as one job: those of one seed. They share initial weights and mini-batches, so whatever prepares or batches them
/// together does it once.
/// </summary>
public readonly record struct CohortKey(long SweepId, int Seed);
