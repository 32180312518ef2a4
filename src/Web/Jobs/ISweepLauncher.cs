using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Extension;

namespace Stepsize.Web.Jobs;

/// <summary>
/// Starts, stops and changes sweeps: pages, HTTP API and command line call this and nothing below it. Operations on one sweep wait for each other; what
/// came too late, such as pausing a sweep that has just finished, is refused with a sentence and changes nothing.
/// </summary>
public interface ISweepLauncher
{
    /// <summary>Stores the sweep and schedules its cohorts.</summary>
    /// <returns>The sweep's key.</returns>
    Task<long> LaunchAsync(SweepSpecification specification, CancellationToken cancellation);

    /// <summary>Stops the sweep for good; what was trained stays. Returns when no thread trains it any more.</summary>
    Task CancelAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Stops the sweep where it is, to go on later from its checkpoints, with no iteration lost. Returns when no thread trains it any more.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep, or nothing of it is left to be paused.</exception>
    Task PauseAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Lets a paused sweep go on.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep, or it is not paused.</exception>
    Task ResumeAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Says how early the sweep's turn is among those that wait: the greater is trained first. What is being trained goes on.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep, or the priority is out of range.</exception>
    Task SetPriorityAsync(long sweepId, int priority, CancellationToken cancellation);

    /// <summary>Ends one run as cut short, and leaves the others of its sweep alone. Returns when what it recorded is stored.</summary>
    /// <exception cref="InvalidInputException">There is no such run, or it has ended already.</exception>
    Task StopRunAsync(long runId, CancellationToken cancellation);

    /// <summary>What <see cref="RunMissingAsync"/> would train.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep.</exception>
    Task<MissingRuns> PreviewMissingAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Trains runs of the sweep's grid that have no result: never started, failed, cancelled or deleted. Nothing that has one is trained again.</summary>
    /// <param name="hashes">Configuration hashes of those to train, such as a preview's; null for all.</param>
    /// <returns>How many were queued.</returns>
    /// <exception cref="InvalidInputException">There is no such sweep, nothing is missing, or a run asked for is not missing any more: nothing was queued.</exception>
    Task<int> RunMissingAsync(long sweepId, IReadOnlyCollection<string>? hashes, CancellationToken cancellation);

    /// <summary>What <see cref="ExtendAsync"/> would add.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep, or the extension does not fit it; names every fault.</exception>
    Task<ExtensionPlan> PreviewExtensionAsync(long sweepId, SweepExtension extension, CancellationToken cancellation);

    /// <summary>
    /// Adds runs to the sweep and trains only those; runs that exist elsewhere with the same configuration are copied, where their record fits. A greater
    /// length makes a sweep of its own.
    /// </summary>
    /// <returns>The extended sweep: the same, or the new one.</returns>
    /// <exception cref="InvalidInputException">As <see cref="PreviewExtensionAsync"/>, or all its runs are there already: nothing was changed.</exception>
    Task<long> ExtendAsync(long sweepId, SweepExtension extension, CancellationToken cancellation);

    /// <summary>Stops the sweep and puts it into the bin for thirty days.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep, or it is in the bin already.</exception>
    Task DeleteSweepAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Takes a sweep out of the bin; where it was not finished, it goes on.</summary>
    /// <exception cref="InvalidInputException">It is not in the bin.</exception>
    Task RestoreSweepAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Stops a run and puts it into the bin for thirty days.</summary>
    /// <exception cref="InvalidInputException">There is no such run, or it is in the bin already.</exception>
    Task DeleteRunAsync(long runId, CancellationToken cancellation);

    /// <summary>Takes a run out of the bin.</summary>
    /// <exception cref="InvalidInputException">It is not in the bin, its sweep is, or another run has its place by now.</exception>
    Task RestoreRunAsync(long runId, CancellationToken cancellation);
}
