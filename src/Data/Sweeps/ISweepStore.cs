using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps;

/// <summary>The sweeps and runs of the database.</summary>
public interface ISweepStore
{
    /// <summary>Stores a sweep and a queued run for every point of its grid, in one transaction.</summary>
    /// <returns>The sweep's key.</returns>
    Task<long> CreateAsync(SweepSpecification specification, CancellationToken cancellation);

    /// <summary>All sweeps, newest first.</summary>
    Task<IReadOnlyList<SweepSummary>> ListAsync(CancellationToken cancellation);

    Task<SweepDetail?> FindAsync(long sweepId, CancellationToken cancellation);

    /// <summary>The sweep that a run belongs to.</summary>
    Task<long?> FindSweepOfRunAsync(long runId, CancellationToken cancellation);

    /// <summary>Runs of the sweep that still need training, with their checkpoints: those queued, and those that were running when the program ended.</summary>
    Task<IReadOnlyList<CohortRun>> FindUnfinishedRunsAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Sets the status; finished sweeps also get their time of finishing.</summary>
    Task SetStatusAsync(long sweepId, SweepStatus status, CancellationToken cancellation);

    /// <summary>Ends all unfinished runs of the sweep as cut short, and the sweep as cancelled.</summary>
    Task CancelAsync(long sweepId, CancellationToken cancellation);
}
