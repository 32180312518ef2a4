namespace Stepsize.Web.Jobs.Local;

/// <summary>Sweeps that this process trains now, so that one of them can be stopped and its end waited for.</summary>
internal sealed class ActiveSweeps(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Lease> _leases = [];
    private bool _isClosed;

    /// <summary>
    /// How long the end of a training is waited for. It takes an iteration, in which checkpoints are written; what takes longer, such as reading a dataset that
    /// a slow disk gives, ends by itself, and meanwhile nobody should wait for an answer without end.
    /// </summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Says that the sweep is trained from now until the lease is disposed.</summary>
    /// <returns>Null where nothing may begin any more: the program is ending.</returns>
    /// <exception cref="InvalidOperationException">It is trained already.</exception>
    public Lease? Enter(long sweepId)
    {
        lock (_gate)
        {
            if (_leases.ContainsKey(sweepId))
            {
                throw new InvalidOperationException($"Sweep {sweepId} is being trained already.");
            }

            return _isClosed ? null : _leases[sweepId] = new Lease(this, sweepId);
        }
    }

    /// <summary>Asks the sweep to stop, and completes when nothing trains it, or after <see cref="Patience"/>.</summary>
    /// <returns>Whether nothing trains it.</returns>
    public async Task<bool> StopAsync(long sweepId, CancellationToken cancellation)
    {
        if (Find(sweepId) is not { } lease)
        {
            return true;
        }

        await lease.RequestStopAsync();
        return await EndsAsync(lease.Ended, cancellation);
    }

    /// <summary>Asks one run of the sweep to stop, and completes when its end is stored, or after <see cref="Patience"/>.</summary>
    /// <returns>False where nothing trains the run, or it still does.</returns>
    public async Task<bool> StopRunAsync(long sweepId, long runId, CancellationToken cancellation)
    {
        if (Find(sweepId) is not { Runs: { } runs } lease)
        {
            return false;
        }

        var stopping = runs.StopAsync(runId, lease.Ended, cancellation);
        return await EndsAsync(stopping, cancellation) && await stopping;
    }

    /// <summary>Asks all sweeps to stop, lets none begin any more, and completes when nothing trains.</summary>
    public async Task StopAllAsync(CancellationToken cancellation)
    {
        Lease[] leases;
        lock (_gate)
        {
            _isClosed = true;
            leases = [.. _leases.Values];
        }

        foreach (var lease in leases)
        {
            await lease.RequestStopAsync();
        }

        await Task.WhenAll(leases.Select(l => l.Ended)).WaitAsync(cancellation);
    }

    private Lease? Find(long sweepId)
    {
        lock (_gate)
        {
            return _leases.GetValueOrDefault(sweepId);
        }
    }

    private async Task<bool> EndsAsync(Task task, CancellationToken cancellation)
    {
        try
        {
            await task.WaitAsync(Patience, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    internal sealed class Lease(ActiveSweeps sweeps, long sweepId) : IDisposable
    {
        private readonly CancellationTokenSource _source = new(); // Holds nothing to dispose, and may be cancelled after the lease has ended.
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile StoppableRuns? _runs;

        /// <summary>Cancelled when the sweep has to stop.</summary>
        public CancellationToken Token => _source.Token;

        public long SweepId => sweepId;

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
            lock (sweeps._gate)
            {
                sweeps._leases.Remove(sweepId);
            }

            _ended.TrySetResult();
        }

        internal Task RequestStopAsync() => _source.CancelAsync();
    }
}
