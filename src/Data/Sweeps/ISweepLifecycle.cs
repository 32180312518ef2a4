namespace Stepsize.Data.Sweeps;

/// <summary>What those who train sweeps tell and ask the database; pages use <see cref="ISweepStore"/>.</summary>
public interface ISweepLifecycle
{
    /// <summary>
    /// Puts the database in order after the program ended, in whatever way: sweeps that were running are queued again, cancellations that were not
    /// carried out are. Paused sweeps stay paused.
    /// </summary>
    /// <returns>Every cohort that has to be trained, oldest sweep first.</returns>
    Task<IReadOnlyList<CohortKey>> RecoverAsync(CancellationToken cancellation);

    /// <summary>Cohorts of the sweep that have unfinished runs, in the order of its seeds.</summary>
    Task<IReadOnlyList<CohortKey>> FindCohortsAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Sets a queued sweep running and gives the cohort's unfinished runs with their checkpoints.</summary>
    /// <returns>Null where there is nothing to train: the sweep is paused, cancelled, finished or deleted, or the cohort has no unfinished run.</returns>
    Task<CohortWork?> BeginAsync(CohortKey cohort, CancellationToken cancellation);

    /// <summary>Ends the cohort's unfinished runs as failed, for a reason that is none of their training.</summary>
    /// <param name="error">A sentence for the person who reads it.</param>
    Task FailAsync(CohortKey cohort, string error, CancellationToken cancellation);

    /// <summary>Ends a running sweep whose runs are all finished: failed where any of them failed, else completed.</summary>
    Task FinishIfDoneAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Removes the sweep with its runs and everything recorded of them.</summary>
    /// <exception cref="Training.Faults.InvalidInputException">It is queued or running.</exception>
    Task DeleteAsync(long sweepId, CancellationToken cancellation);
}
