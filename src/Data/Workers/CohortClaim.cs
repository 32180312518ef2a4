using Stepsize.Data.Recording;
using Stepsize.Data.Sweeps;

namespace Stepsize.Data.Workers;

/// <summary>A cohort that a worker was given to train.</summary>
/// <param name="Work">What is left to train of it; null where nothing is, or where <paramref name="Fault"/> says why it cannot be trained.</param>
/// <param name="Fault">A sentence for the person who waits for its runs.</param>
public sealed record CohortClaim(CohortFence Fence, long SweepId, SweepWork? Work, string? Fault);
