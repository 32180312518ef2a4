using Stepsize.Training.Execution;

namespace Stepsize.Data.Sweeps.Bin;

/// <summary>A run in the bin whose sweep is not.</summary>
/// <param name="Optimizer">The optimizer's id.</param>
/// <param name="Until">When it is removed for good.</param>
public sealed record BinnedRun(
    long Id,
    long SweepId,
    string SweepName,
    string Optimizer,
    double AxisValue,
    int Seed,
    RunOutcome? Outcome,
    int Iterations,
    DateTimeOffset DeletedAt,
    DateTimeOffset Until);
