using Microsoft.AspNetCore.Components;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Components.Shared;

/// <summary>A page that reads again what it shows when that changes: soon, not often, and never twice at a time.</summary>
public abstract class LivePage : ReadingComponent
{
    private ThrottledRefresh? _refresh;
    private IDisposable? _subscription;
    private long? _watched;

    [Inject]
    public required ISweepSignals Signals { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Shortest time between two readings.</summary>
    protected virtual TimeSpan Pace => ThrottledRefresh.Interval;

    /// <summary>Whether a change can change what is shown.</summary>
    protected virtual bool IsLive => true;

    public override async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        await base.DisposeAsync();
        if (_refresh is not null)
        {
            await _refresh.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Reads what is shown.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Reads again from now on. Only for <c>OnAfterRender</c>: a page that is rendered for its first delivery is thrown away afterwards.</summary>
    /// <param name="sweepId">Null for changes of any sweep.</param>
    /// <param name="readsAtOnce">Whether something may have changed since the page was delivered.</param>
    /// <returns>Whether it has only now begun to watch this.</returns>
    protected bool Watch(long? sweepId, bool readsAtOnce)
    {
        if (_subscription is not null && _watched == sweepId)
        {
            return false;
        }

        _subscription?.Dispose();
        var refresh = _refresh ??= new ThrottledRefresh(Clock, () => InvokeAsync(() => GuardAsync(RefreshAsync)), Pace);
        _subscription = Signals.Subscribe(sweepId, () =>
        {
            if (IsLive)
            {
                refresh.Signal();
            }
        });
        _watched = sweepId;
        if (readsAtOnce)
        {
            refresh.Signal();
        }

        return true;
    }

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }
}
