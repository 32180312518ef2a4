namespace Stepsize.Web.Jobs;

/// <summary>Sweeps that this process trains now, so that one of them can be stopped and its end waited for.</summary>
internal sealed class ActiveSweeps
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Lease> _leases = [];

    /// <summary>Says that the sweep is trained from now until the lease is disposed.</summary>
    /// <param name="stop">Stops it too, such as the end of the program.</param>
    /// <exception cref="InvalidOperationException">It is trained already.</exception>
    public Lease Enter(long sweepId, CancellationToken stop)
    {
        lock (_gate)
        {
            if (_leases.ContainsKey(sweepId))
            {
                throw new InvalidOperationException($"Sweep {sweepId} is being trained already.");
            }

            return _leases[sweepId] = new Lease(this, sweepId, stop);
        }
    }

    /// <summary>Asks the sweep to stop, and completes when nothing trains it.</summary>
    public async Task StopAsync(long sweepId, CancellationToken cancellation)
    {
        Lease? lease;
        lock (_gate)
        {
            _leases.TryGetValue(sweepId, out lease);
        }

        if (lease is not null)
        {
            await lease.StopAsync(cancellation);
        }
    }

    /// <summary>Asks one run of the sweep to stop, and completes when its end is stored.</summary>
    /// <returns>False where nothing trains the run.</returns>
    public async Task<bool> StopRunAsync(long sweepId, long runId, CancellationToken cancellation)
    {
        Lease? lease;
        lock (_gate)
        {
            _leases.TryGetValue(sweepId, out lease);
        }

        return lease?.Runs is { } runs && await runs.StopAsync(runId, lease.Ended, cancellation);
    }

    internal sealed class Lease : IDisposable
    {
        private readonly ActiveSweeps _sweeps;
        private readonly long _sweepId;
        private readonly CancellationTokenSource _source = new(); // Holds nothing to dispose, and may be cancelled after the lease has ended.
        private readonly CancellationTokenRegistration _stop;
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile StoppableRuns? _runs;

        public Lease(ActiveSweeps sweeps, long sweepId, CancellationToken stop)
        {
            _sweeps = sweeps;
            _sweepId = sweepId;
            _stop = stop.Register(_source.Cancel);
        }

        /// <summary>Cancelled when the sweep has to stop.</summary>
        public CancellationToken Token => _source.Token;

        public long SweepId => _sweepId;

        /// <summary>Completes when the lease is disposed.</summary>
        public Task Ended => _ended.Task;

        /// <summary>Null until the runs are known.</summary>
        public StoppableRuns? Runs
        {
            get => _runs;
            set => _runs = value;
        }

        public void Dispose()
        {
            lock (_sweeps._gate)
            {
                _sweeps._leases.Remove(_sweepId);
            }

            _stop.Dispose();
            _ended.TrySetResult();
        }

        internal async Task StopAsync(CancellationToken cancellation)
        {
            await _source.CancelAsync();
            await _ended.Task.WaitAsync(cancellation);
        }
    }
}
