namespace Stepsize.Web.Jobs;

/// <summary>Signals within this process.</summary>
internal sealed class SweepSignals(ILogger<SweepSignals> log) : ISweepSignals
{
    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];

    public bool HasSubscribers
    {
        get
        {
            lock (_gate)
            {
                return _subscriptions.Count > 0;
            }
        }
    }

    public IDisposable Subscribe(long? sweepId, Action changed)
    {
        var subscription = new Subscription(this, sweepId, changed);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    public void Publish(long sweepId)
    {
        Subscription[] interested;
        lock (_gate)
        {
            interested = [.. _subscriptions.Where(s => s.SweepId is null || s.SweepId == sweepId)];
        }

        // Outside the lock: a subscriber may subscribe, unsubscribe or publish.
        foreach (var subscription in interested)
        {
            try
            {
                subscription.Changed();
            }
            catch (Exception e)
            {
                // A page that fails must not take the writer with it, which publishes.
                log.LogError(e, "A subscriber of sweep {Sweep} failed.", sweepId);
            }
        }
    }

    private sealed class Subscription(SweepSignals signals, long? sweepId, Action changed) : IDisposable
    {
        public long? SweepId => sweepId;

        public Action Changed => changed;

        public void Dispose()
        {
            lock (signals._gate)
            {
                signals._subscriptions.Remove(this);
            }
        }
    }
}
