namespace Stepsize.Web.Components.Shared;

/// <summary>
/// Turns many signals from any thread into few refreshes: at most one an interval, never two at a time, and always one after the last signal.
/// </summary>
public sealed class ThrottledRefresh : IAsyncDisposable
{
    /// <summary>Quick enough to look live; a refresh of the largest pages takes a small part of it.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly Func<Task> _refresh;
    private readonly ITimer _timer;
    private readonly TimeSpan _interval;
    private State _state;

    /// <param name="refresh">Must handle its own exceptions.</param>
    /// <param name="interval">Shortest time between two refreshes; null for <see cref="Interval"/>.</param>
    public ThrottledRefresh(TimeProvider clock, Func<Task> refresh, TimeSpan? interval = null)
    {
        _interval = interval ?? Interval;
        _refresh = refresh;
        _timer = clock.CreateTimer(_ => _ = RunAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private enum State
    {
        Idle,
        Waiting,
        Refreshing,
        RefreshingAndSignalled,
        Disposed,
    }

    public void Signal()
    {
        lock (_lock)
        {
            if (_state == State.Idle)
            {
                _state = State.Waiting;
                _timer.Change(_interval, Timeout.InfiniteTimeSpan);
            }
            else if (_state == State.Refreshing)
            {
                _state = State.RefreshingAndSignalled;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _state = State.Disposed;
        }

        return _timer.DisposeAsync();
    }

    private async Task RunAsync()
    {
        lock (_lock)
        {
            if (_state != State.Waiting)
            {
                return;
            }

            _state = State.Refreshing;
        }

        try
        {
            await _refresh();
        }
        finally
        {
            var again = false;
            lock (_lock)
            {
                if (_state != State.Disposed)
                {
                    again = _state == State.RefreshingAndSignalled;
                    _state = State.Idle;
                }
            }

            if (again)
            {
                Signal();
            }
        }
    }
}
