using Stepsize.Data.Recording;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Workers;

/// <summary>How workers come by cohorts and get rid of them, each call one or two transactions.</summary>
public interface ICohortClaims
{
    /// <summary>Claims the cohort that is first in line.</summary>
    /// <param name="refused">Sweeps that the worker cannot train.</param>
    /// <returns>Null where none waits.</returns>
    Task<CohortClaim?> ClaimAsync(long workerId, string queue, IReadOnlyCollection<long> refused, CancellationToken cancellation);

    /// <summary>Stores a sweep as one cohort that this worker has from the first: nobody else trains anything of it.</summary>
    Task<CohortClaim> CreateHeldAsync(long workerId, SweepSpecification specification, CancellationToken cancellation);

    /// <summary>Gives a cohort back unfinished, to be claimed by another; its runs go on from their checkpoints. Where the claim does not hold, nothing is done.</summary>
    /// <param name="reserved">Whether somebody waits for it who is about to change its sweep: nobody may claim it for some seconds.</param>
    Task GiveBackAsync(CohortClaim claim, bool reserved, CancellationToken cancellation);

    /// <summary>Ends a cohort, and its sweep where that was the last one. Where the claim does not hold, nothing is done.</summary>
    /// <param name="error">What runs without a result fail with.</param>
    Task FinishAsync(CohortClaim claim, string error, CancellationToken cancellation);
}
