using Stepsize.Training.Faults;

namespace Stepsize.Data.Sweeps.Bin;

/// <summary>
/// Deleted sweeps and runs, which can be restored for thirty days and are nowhere else to be seen. Whoever trains them has to be stopped before they are
/// put here (<c>ISweepLauncher</c> does that).
/// </summary>
public interface IBin
{
    /// <summary>Puts a sweep into the bin as it is: restored, an unfinished one goes on from its checkpoints.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep, or it is in the bin already.</exception>
    Task DeleteSweepAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Puts one run into the bin; an unfinished one is ended as cut short.</summary>
    /// <returns>The run's sweep.</returns>
    /// <exception cref="InvalidInputException">There is no such run, or it or its sweep is in the bin already.</exception>
    Task<long> DeleteRunAsync(long runId, CancellationToken cancellation);

    /// <returns>Where the sweep stands: a queued one has to be scheduled.</returns>
    /// <exception cref="InvalidInputException">The sweep is not in the bin.</exception>
    Task<SweepStatus> RestoreSweepAsync(long sweepId, CancellationToken cancellation);

    /// <returns>The run's sweep.</returns>
    /// <exception cref="InvalidInputException">The run is not in the bin, its sweep is, or another run has its place by now.</exception>
    Task<long> RestoreRunAsync(long runId, CancellationToken cancellation);

    /// <summary>Sweeps in the bin, those deleted last first.</summary>
    Task<IReadOnlyList<BinnedSweep>> ListSweepsAsync(CancellationToken cancellation);

    /// <summary>Runs in the bin whose sweeps are not, those deleted last first.</summary>
    /// <param name="sweepId">Of one sweep, or of all.</param>
    Task<IReadOnlyList<BinnedRun>> ListRunsAsync(long? sweepId, CancellationToken cancellation);

    /// <summary>Null where the sweep is not in the bin.</summary>
    Task<BinnedSweep?> FindSweepAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Null where the run is not in the bin by itself, or its sweep is.</summary>
    Task<BinnedRun?> FindRunAsync(long runId, CancellationToken cancellation);

    /// <summary>Removes for good what has been in the bin for longer than <see cref="BinPeriod.Length"/>, with everything recorded of it.</summary>
    /// <returns>Sweeps and runs removed; runs of removed sweeps do not count.</returns>
    Task<int> PurgeAsync(CancellationToken cancellation);
}
