namespace Stepsize.Data.Recording;

/// <summary>Under which claim a cohort is trained: what its recorder writes is stored only as long as the claim holds.</summary>
/// <param name="Number">As in the database, for cohort and runs; greater than 0.</param>
public sealed record CohortFence(long CohortId, long Number);
