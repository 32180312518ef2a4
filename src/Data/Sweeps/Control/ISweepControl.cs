using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps.Extension;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>
/// What people make of stored sweeps. Each call is one transaction that begins by locking the sweep, so that of two people who do something at once one
/// sees what the other did. Training is not this interface's business: whoever trains the sweep has to be stopped before, and queued sweeps to be
/// scheduled after (<c>ISweepLauncher</c> does both).
/// </summary>
public interface ISweepControl
{
    /// <summary>Null where there is no such sweep, or it is in the bin.</summary>
    Task<SweepStatus?> FindStatusAsync(long sweepId, CancellationToken cancellation);

    /// <summary>How early the sweep's turn is among those that wait; 0 where there is no such sweep.</summary>
    Task<int> FindPriorityAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Says how early the sweep's turn is among those that wait. What is being trained goes on.</summary>
    /// <param name="priority">Within <see cref="SweepPriority"/>; the greater is trained first.</param>
    /// <exception cref="InvalidInputException">There is no such sweep, or the priority is out of range.</exception>
    Task SetPriorityAsync(long sweepId, int priority, CancellationToken cancellation);

    /// <summary>Pauses a queued or running sweep; one whose last run has finished meanwhile is closed instead. A paused one stays so.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep, or nothing of it is left to be paused.</exception>
    Task PauseAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Queues a paused sweep. One that is queued or running stays so.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep, or it is not paused.</exception>
    Task ResumeAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Ends an unfinished run as cut short; what it recorded stays. Closes its sweep where that was its last one.</summary>
    /// <returns>The run's sweep.</returns>
    /// <exception cref="InvalidInputException">There is no such run, or it has ended already.</exception>
    Task<long> StopRunAsync(long runId, CancellationToken cancellation);

    /// <exception cref="InvalidInputException">There is no such sweep.</exception>
    Task<MissingRuns> FindMissingAsync(long sweepId, CancellationToken cancellation);

    /// <summary>Queues missing runs, to be trained from their first iteration, and their sweep.</summary>
    /// <param name="hashes">Configuration hashes of those to queue; null for all that are missing.</param>
    /// <returns>How many were queued.</returns>
    /// <exception cref="InvalidInputException">There is no such sweep, nothing is missing, or a run asked for is not missing any more: nothing was queued.</exception>
    Task<int> QueueMissingAsync(long sweepId, IReadOnlyCollection<string>? hashes, CancellationToken cancellation);

    /// <exception cref="InvalidInputException">There is no such sweep, or the extension does not fit it; names every fault.</exception>
    Task<ExtensionPlan> PlanExtensionAsync(long sweepId, SweepExtension extension, CancellationToken cancellation);

    /// <summary>Adds runs to the sweep and queues it, or makes a longer sweep beside it.</summary>
    /// <returns>The extended sweep: the same, or the new one.</returns>
    /// <exception cref="InvalidInputException">As <see cref="PlanExtensionAsync"/>, or all its runs are there already: nothing was changed.</exception>
    Task<long> ExtendAsync(long sweepId, SweepExtension extension, CancellationToken cancellation);
}
