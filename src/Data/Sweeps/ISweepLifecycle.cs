namespace Stepsize.Data.Sweeps;

/// <summary>What those who train sweeps tell and ask the database; pages use <see cref="ISweepStore"/>.</summary>
public interface ISweepLifecycle
{
    /// <summary>
    /// Puts the database in order after the program ended, in whatever way: sweeps that were running are queued again, cancellations that were not
    /// carried out are. Paused sweeps stay paused.
    /// </summary>
    /// <returns>Every sweep that has to be trained, oldest first.</returns>
    Task<IReadOnlyList<long>> RecoverAsync(CancellationToken cancellation);

    /// <summary>Sets a queued sweep running and gives its unfinished runs with their checkpoints.</summary>
    /// <returns>Null where there is nothing to train: the sweep is paused, cancelled, finished or deleted.</returns>
    /// <exception cref="Training.Faults.InvalidInputException">The program no longer understands the stored specification.</exception>
    Task<SweepWork?> BeginAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Ends the sweep's unfinished runs, if any, as failed, for a reason that is none of their training.</summary>
    /// <param name="error">A sentence for the person who reads it.</param>
    Task FailUnfinishedAsync(long sweepId, string error, CancellationToken cancellation);

    /// <summary>Ends a queued or running sweep whose runs are all finished: failed where any of them failed, else completed.</summary>
    Task FinishIfDoneAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Removes the sweep with its runs and everything recorded of them.</summary>
    /// <exception cref="Training.Faults.InvalidInputException">It is queued or running.</exception>
    Task DeleteAsync(long sweepId, CancellationToken cancellation);
}
