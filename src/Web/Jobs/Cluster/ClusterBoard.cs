using Stepsize.Data.Workers;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>What all workers of the database train, and what waits for them.</summary>
internal sealed class ClusterBoard(ICohortKeeper keeper) : IJobBoard
{
    public string Rule => "each worker takes a part of a sweep at a time";

    public async Task<IReadOnlyList<JobLine>> ListAsync(CancellationToken cancellation) =>
        [.. (await keeper.ListAsync(cancellation)).Select(p => new JobLine(p.SweepId, p.IsTrained ? JobState.Training : JobState.Waiting, p.Since))];
}
