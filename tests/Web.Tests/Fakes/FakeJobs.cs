using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Extension;
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

    public Task PauseAsync(long sweepId, CancellationToken cancellation) => store.SetStatusAsync(sweepId, SweepStatus.Paused, cancellation);

    public Task ResumeAsync(long sweepId, CancellationToken cancellation) => store.SetStatusAsync(sweepId, SweepStatus.Queued, cancellation);

    public Task SetPriorityAsync(long sweepId, int priority, CancellationToken cancellation) => throw NothingTrains();

    public Task StopRunAsync(long runId, CancellationToken cancellation) => throw NothingTrains();

    public Task<MissingRuns> PreviewMissingAsync(long sweepId, CancellationToken cancellation) => throw NothingTrains();

    public Task<int> RunMissingAsync(long sweepId, IReadOnlyCollection<string>? hashes, CancellationToken cancellation) => throw NothingTrains();

    public Task<ExtensionPlan> PreviewExtensionAsync(long sweepId, SweepExtension extension, CancellationToken cancellation) => throw NothingTrains();

    public Task<long> ExtendAsync(long sweepId, SweepExtension extension, CancellationToken cancellation) => throw NothingTrains();

    public Task DeleteSweepAsync(long sweepId, CancellationToken cancellation) => throw NothingTrains();

    public Task RestoreSweepAsync(long sweepId, CancellationToken cancellation) => throw NothingTrains();

    public Task DeleteRunAsync(long runId, CancellationToken cancellation) => throw NothingTrains();

    public Task RestoreRunAsync(long runId, CancellationToken cancellation) => throw NothingTrains();

    private static NotSupportedException NothingTrains() => new("This launcher trains nothing.");
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
