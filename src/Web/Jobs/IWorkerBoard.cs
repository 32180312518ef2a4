using Stepsize.Data.Workers;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Jobs;

/// <summary>The programs that train or show, for people to see.</summary>
public interface IWorkerBoard
{
    /// <summary>Whether other programs may train on the same database.</summary>
    bool CanBeMany { get; }

    Task<IReadOnlyList<WorkerLine>> ListAsync(CancellationToken cancellation);

    /// <summary>Lets a worker finish what it trains and take nothing more, or take work again.</summary>
    /// <exception cref="InvalidInputException">There is no such worker, or it cannot be drained.</exception>
    Task SetDrainingAsync(long workerId, bool draining, CancellationToken cancellation);
}
