namespace Stepsize.Data.Workers;

/// <summary>Keeps cohorts in order where workers or the dispatcher do not: what they lose, block or repeat does no harm.</summary>
public interface ICohortKeeper
{
    /// <summary>
    /// Takes back what those who say nothing any more held, cuts cohorts for runs that have none, and closes what has ended. Does nothing where another program is
    /// at it.
    /// </summary>
    Task ReconcileAsync(CancellationToken cancellation);

    /// <summary>Asks whoever trains the sweep to store checkpoints and give it back, and waits for it.</summary>
    /// <param name="patience">What has not been given back then is not waited for: whoever changes the sweep takes it.</param>
    Task YieldAsync(long sweepId, TimeSpan patience, CancellationToken cancellation);

    /// <summary>Cohorts that wait, by queue.</summary>
    Task<IReadOnlyDictionary<string, int>> CountWaitingAsync(CancellationToken cancellation);

    /// <summary>Says that jobs are put into the queue for cohorts that wait and have none, or one that must have been lost.</summary>
    /// <param name="most">Of each queue.</param>
    /// <returns>How many jobs to put there, by queue.</returns>
    Task<IReadOnlyDictionary<string, int>> TakeTicketsAsync(int most, CancellationToken cancellation);

    /// <summary>Sweeps of which something is trained, with the time since when, then those that wait, in the order of their turns.</summary>
    Task<IReadOnlyList<SweepPlace>> ListAsync(CancellationToken cancellation);
}

/// <summary>Where a sweep stands among those that are to be trained.</summary>
public sealed record SweepPlace(long SweepId, bool IsTrained, DateTimeOffset Since);
