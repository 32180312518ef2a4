using Stepsize.Data.Workers;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>All programs of a PostgreSQL database.</summary>
internal sealed class ClusterWorkers(IWorkerRegistry registry) : IWorkerBoard
{
    public bool CanBeMany => true;

    public Task<IReadOnlyList<WorkerLine>> ListAsync(CancellationToken cancellation) => registry.ListAsync(cancellation);

    public Task SetDrainingAsync(long workerId, bool draining, CancellationToken cancellation) => registry.SetDrainingAsync(workerId, draining, cancellation);
}
