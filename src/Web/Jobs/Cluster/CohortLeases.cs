using Stepsize.Data.Workers;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>The cohorts that this process trains now.</summary>
internal sealed class CohortLeases
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, CohortLease> _byFence = [];
    private long _madeByEnded;
    private bool _isClosed;

    /// <summary>Iterations recorded by this process since it started.</summary>
    public long Made
    {
        get
        {
            lock (_gate)
            {
                return _madeByEnded + _byFence.Values.Sum(l => l.Runs?.Made ?? 0);
            }
        }
    }

    /// <summary>Says that the cohort is trained from now until the lease is disposed.</summary>
    /// <returns>Null where nothing may begin any more: the program is ending.</returns>
    public CohortLease? Enter(CohortClaim claim)
    {
        lock (_gate)
        {
            return _isClosed ? null : _byFence[claim.Fence.Number] = new CohortLease(this, claim);
        }
    }

    /// <summary>Lets what the database says come true here.</summary>
    /// <param name="before">Leases as they were before it was asked: what was claimed meanwhile it need not know of.</param>
    public static void Follow(WorkerBeat beat, IReadOnlyList<CohortLease> before)
    {
        var held = beat.Held.ToDictionary(h => h.Fence);
        foreach (var lease in before)
        {
            if (!held.TryGetValue(lease.Claim.Fence.Number, out var mine))
            {
                lease.Lose();
            }
            else if (mine.MustYield)
            {
                lease.Yield(reserved: true);
            }

            foreach (var run in beat.LostRuns)
            {
                lease.Lose(run);
            }
        }
    }

    public IReadOnlyList<CohortLease> List()
    {
        lock (_gate)
        {
            return [.. _byFence.Values];
        }
    }

    /// <summary>No claim is known to hold any more.</summary>
    public void LoseAll()
    {
        foreach (var lease in List())
        {
            lease.Lose();
        }
    }

    /// <summary>Stops all training, with checkpoints, lets none begin any more, and completes when nothing trains.</summary>
    public async Task CloseAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        var leases = List();
        foreach (var lease in leases)
        {
            lease.Yield(reserved: false);
        }

        await Task.WhenAll(leases.Select(l => l.Ended)).WaitAsync(cancellation);
    }

    internal void End(CohortLease lease)
    {
        lock (_gate)
        {
            _madeByEnded += lease.Runs?.Made ?? 0;
            _byFence.Remove(lease.Claim.Fence.Number);
        }
    }
}
