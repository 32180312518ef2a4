using Stepsize.Data.Recording;
using Stepsize.Data.Workers;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>
/// Says to the database that this program lives, and does here what it answers. Without an answer for three quarters of a lease training stops, by this machine's
/// monotonic clock: before another worker may claim what is trained here.
/// </summary>
internal sealed class Heartbeat(
    IWorkerRegistry registry, ICohortClaims claims, WorkerIdentity worker, CohortLeases leases, RefusedSweeps refused, LeaseTerms terms, TimeProvider time, ILogger<Heartbeat> log)
{
    private readonly SemaphoreSlim _soon = new(0, 1);
    private readonly Dictionary<CohortFence, long> _orphans = [];
    private (long Made, long At) _last;
    private double _pace;

    /// <summary>Asks at once, such as when somebody has changed a sweep.</summary>
    public void Hurry()
    {
        try
        {
            _soon.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is about to ask.
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        _last = (leases.Made, time.GetTimestamp());
        var answered = time.GetTimestamp();
        while (true)
        {
            // An answer later than this would be of no use: the claims may be somebody else's by then.
            using var limit = new CancellationTokenSource(terms.Beat * 3, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            var asked = time.GetTimestamp();
            try
            {
                await BeatAsync(both.Token);
                answered = asked;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                log.LogDebug(e, "The database did not answer.");
            }

            cancellation.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(answered) >= terms.StopAfter)
            {
                leases.LoseAll();
            }

            await _soon.WaitAsync(terms.Beat, cancellation);
        }
    }

    private async Task BeatAsync(CancellationToken cancellation)
    {
        var before = leases.List();
        if (await registry.BeatAsync(worker.Key, Pace(), worker.Outdated ?? refused.Remark, cancellation) is not { } beat)
        {
            // This program was taken for gone.
            leases.LoseAll();
            await worker.RegisterAsync(cancellation);
            return;
        }

        worker.Follow(beat);
        CohortLeases.Follow(beat, before);
        await GiveBackOrphansAsync(beat, cancellation);
    }

    /// <summary>A claim whose answer never came is this program's in the database, and nobody trains it.</summary>
    private async Task GiveBackOrphansAsync(WorkerBeat beat, CancellationToken cancellation)
    {
        var known = leases.List().Select(l => l.Claim.Fence.Number).ToHashSet();
        var orphans = beat.Held.Where(h => !known.Contains(h.Fence)).Select(h => new CohortFence(h.CohortId, h.Fence)).ToHashSet();
        foreach (var over in _orphans.Keys.Where(o => !orphans.Contains(o)).ToArray())
        {
            _orphans.Remove(over);
        }

        foreach (var orphan in orphans.Where(o => !_orphans.TryAdd(o, time.GetTimestamp()) && time.GetElapsedTime(_orphans[o]) > terms.Lease / 2))
        {
            await claims.GiveBackAsync(new CohortClaim(orphan, SweepId: 0, Work: null, Fault: null), reserved: false, cancellation);
        }
    }

    /// <summary>Iterations a second since it was last looked at.</summary>
    private double Pace()
    {
        var (made, elapsed) = (leases.Made, time.GetElapsedTime(_last.At));
        if (elapsed < TimeSpan.FromSeconds(1))
        {
            return _pace;
        }

        _pace = (made - _last.Made) / elapsed.TotalSeconds;
        _last = (made, time.GetTimestamp());
        return _pace;
    }
}
