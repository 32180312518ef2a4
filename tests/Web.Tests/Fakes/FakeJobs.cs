using Stepsize.Training.Sweeps;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>Stores what it is told to launch, and trains nothing.</summary>
internal sealed class FakeSweepLauncher(FakeSweepStore store, FakeSweepSignals signals) : ISweepLauncher
{
    public List<long> Cancelled { get; } = [];

    public Task<long> LaunchAsync(SweepSpecification specification, CancellationToken cancellation) => store.CreateAsync(specification, cancellation);

    public async Task CancelAsync(long sweepId, CancellationToken cancellation)
    {
        Cancelled.Add(sweepId);
        await store.CancelAsync(sweepId, cancellation);
        signals.Publish(sweepId);
    }
}

/// <summary>Calls its subscribers at once, and knows how many there are.</summary>
internal sealed class FakeSweepSignals : ISweepSignals
{
    private readonly Lock _lock = new();
    private readonly List<(long? SweepId, Action Changed)> _subscribers = [];

    public int Subscribers
    {
        get
        {
            lock (_lock)
            {
                return _subscribers.Count;
            }
        }
    }

    public IDisposable Subscribe(long? sweepId, Action changed)
    {
        var entry = (sweepId, changed);
        lock (_lock)
        {
            _subscribers.Add(entry);
        }

        return new Subscription(() =>
        {
            lock (_lock)
            {
                _subscribers.Remove(entry);
            }
        });
    }

    public void Publish(long sweepId)
    {
        (long? SweepId, Action Changed)[] now;
        lock (_lock)
        {
            now = [.. _subscribers];
        }

        foreach (var (wanted, changed) in now)
        {
            if (wanted is null || wanted == sweepId)
            {
                changed();
            }
        }
    }

    private sealed class Subscription(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
