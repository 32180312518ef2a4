using Stepsize.Training.Faults;

namespace Stepsize.Data.Workers;

/// <summary>The programs that are open on a PostgreSQL database. All times are the database's.</summary>
public interface IWorkerRegistry
{
    /// <returns>The worker's key.</returns>
    Task<long> RegisterAsync(WorkerDescription worker, CancellationToken cancellation);

    /// <summary>Says that the worker lives, and thereby keeps its claims for another lease.</summary>
    /// <param name="remark">Why it leaves cohorts to others; null where it takes all.</param>
    /// <returns>Null where it was taken for gone and removed: it has to register again, and has lost everything.</returns>
    Task<WorkerBeat?> BeatAsync(long workerId, double iterationsPerSecond, string? remark, CancellationToken cancellation);

    /// <summary>The worker has ended; what it still had may be claimed by others.</summary>
    Task LeaveAsync(long workerId, CancellationToken cancellation);

    /// <summary>Programs that live, and those that were gone less than an hour ago, in the order of their names.</summary>
    Task<IReadOnlyList<WorkerLine>> ListAsync(CancellationToken cancellation);

    /// <summary>Lets a worker finish what it trains and take nothing more, or take cohorts again.</summary>
    /// <exception cref="InvalidInputException">There is no such worker, or it does not train at all.</exception>
    Task SetDrainingAsync(long workerId, bool draining, CancellationToken cancellation);
}
