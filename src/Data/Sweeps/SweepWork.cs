using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps;

/// <summary>What is left to train of a sweep.</summary>
/// <param name="Runs">Unfinished runs in the order of the grid, with their checkpoints; never empty.</param>
public sealed record SweepWork(SweepSpecification Specification, IReadOnlyList<CohortRun> Runs);
