namespace Stepsize.Data.Workers;

/// <summary>What the database answers a worker that says it lives.</summary>
/// <param name="IsDraining">Whether it is to take nothing more.</param>
/// <param name="Held">Cohorts that are still its own; what it trains besides, it has lost.</param>
/// <param name="LostRuns">Runs that were taken out of those cohorts, such as one that a person stopped.</param>
/// <param name="Versions">Of all programs that live on the database.</param>
public sealed record WorkerBeat(bool IsDraining, IReadOnlyList<HeldCohort> Held, IReadOnlyList<long> LostRuns, IReadOnlyList<string> Versions);

/// <summary>A cohort that a worker has.</summary>
/// <param name="MustYield">Whether it is to be given back soon.</param>
public sealed record HeldCohort(long CohortId, long Fence, bool MustYield);
