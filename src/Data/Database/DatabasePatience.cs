namespace Stepsize.Data.Database;

/// <summary>
/// Waits for a database that is locked, full, read-only or away, and tries again until it is not: what is trained must not be lost for what passes. Says what
/// it waits for, so that pages and command line can.
/// </summary>
public sealed class DatabasePatience
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly List<Attempts> _waiting = [];
    private readonly List<Subscription> _subscriptions = [];
    private readonly DatabaseOptions _options;
    private readonly TimeProvider _time;

    public DatabasePatience(DatabaseOptions options, TimeProvider time)
    {
        _options = RetriedContexts.OneAttempt(options);
        _time = time;
    }

    /// <summary>The longest of the waits; null where nothing waits.</summary>
    public DatabaseWait? Current
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count == 0 ? null : _waiting[0].Wait;
            }
        }
    }

    /// <param name="changed">Called, from any thread, when <see cref="Current"/> has changed.</param>
    /// <returns>Dispose to unsubscribe.</returns>
    public IDisposable Subscribe(Action changed)
    {
        var subscription = new Subscription(this, changed);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    /// <summary>A failed attempt as a sentence.</summary>
    public string Describe(Exception failure) => DatabaseFaults.Describe(failure, _options) ?? failure.Message;

    /// <summary>Does the work, however often the database has to be waited for.</summary>
    /// <param name="work">May be begun again after it has failed, be what it did stored or not.</param>
    /// <param name="cancellation">Ends the waiting, and not the work.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        using var attempts = Begin();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await work();
            }
            catch (Exception e) when (DatabaseFaults.MayPass(e))
            {
                await attempts.PauseAsync(e, cancellation);
            }
        }
    }

    public Task RunAsync(Func<Task> work, CancellationToken cancellation) => RunAsync(
        async () =>
        {
            await work();
            return true;
        },
        cancellation);

    /// <returns>Dispose when the work is done or given up.</returns>
    internal Attempts Begin() => new(this);

    private void Change(Action change)
    {
        Subscription[] subscriptions;
        DatabaseWait? before, after;
        lock (_gate)
        {
            before = Current;
            change();
            after = Current;
            subscriptions = [.. _subscriptions];
        }

        // Outside the lock: a subscriber may subscribe, unsubscribe or ask.
        if (before != after)
        {
            foreach (var subscription in subscriptions)
            {
                subscription.Changed();
            }
        }
    }

    /// <summary>One piece of work, tried again and again.</summary>
    internal sealed class Attempts(DatabasePatience patience) : IDisposable
    {
        private TimeSpan _pause = ShortestPause;

        public DatabaseWait? Wait { get; private set; }

        /// <summary>Says what is waited for, and waits: each time longer, up to five seconds.</summary>
        public async Task PauseAsync(Exception failure, CancellationToken cancellation)
        {
            var reason = patience.Describe(failure);
            patience.Change(() =>
            {
                if (Wait is null)
                {
                    patience._waiting.Add(this);
                }

                Wait = new DatabaseWait(reason, Wait?.Since ?? patience._time.GetUtcNow());
            });

            // A connection that was opened while the file could not be written would stay read-only.
            patience._options.CloseIdleConnections();
            await Task.Delay(_pause, patience._time, cancellation);
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        }

        public void Dispose() => patience.Change(() => patience._waiting.Remove(this));
    }

    private sealed class Subscription(DatabasePatience patience, Action changed) : IDisposable
    {
        public Action Changed => changed;

        public void Dispose()
        {
            lock (patience._gate)
            {
                patience._subscriptions.Remove(this);
            }
        }
    }
}
