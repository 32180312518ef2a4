using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>
/// Signals between all programs of a PostgreSQL database: at most four a second and sweep go out, and everything that is to be trained is looked at again from
/// time to time, should one have been lost.
/// </summary>
internal sealed class ClusterSignals(ILogger<SweepSignals> log, ClusterChannel channel, ICohortKeeper keeper, Heartbeat heartbeat, TimeProvider time) : ISweepSignals
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private readonly SweepSignals _here = new(log);
    private readonly Lock _gate = new();
    private HashSet<long> _toTell = [];

    public IDisposable Subscribe(long? sweepId, Action changed) => _here.Subscribe(sweepId, changed);

    /// <summary>Tells the pages of this program at once, and all programs soon.</summary>
    public void Publish(long sweepId)
    {
        lock (_gate)
        {
            _toTell.Add(sweepId);
        }

        _here.Publish(sweepId);
    }

    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(TellAsync(cancellation), ListenAsync(cancellation), PollAsync(cancellation));

    private async Task TellAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Pause, time, cancellation);
            HashSet<long> changed;
            lock (_gate)
            {
                (changed, _toTell) = (_toTell, []);
            }

            if (changed.Count > 0)
            {
                await QuietlyAsync(() => channel.TellAsync(changed, cancellation));
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await QuietlyAsync(() => channel.ListenAsync(Hear, cancellation));
            cancellation.ThrowIfCancellationRequested();
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private void Hear(IReadOnlyList<long> sweeps, bool isChange)
    {
        if (isChange)
        {
            heartbeat.Hurry();
        }

        foreach (var sweep in sweeps)
        {
            _here.Publish(sweep);
        }
    }

    private async Task PollAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Poll, time, cancellation);
            if (_here.HasSubscribers)
            {
                await QuietlyAsync(async () =>
                {
                    foreach (var sweep in await keeper.ListAsync(cancellation))
                    {
                        _here.Publish(sweep.SweepId);
                    }
                });
            }
        }
    }

    /// <summary>A database that is away is asked again; its pages say that it is.</summary>
    private async Task QuietlyAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogDebug(e, "The database did not answer.");
        }
    }
}
