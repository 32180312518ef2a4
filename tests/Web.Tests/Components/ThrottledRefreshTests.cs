using Stepsize.Web.Components.Shared;
using Stepsize.Web.Tests.Fakes;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class ThrottledRefreshTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Signal_ManyTimes_RefreshesOnceAnInterval()
    {
        var refreshes = 0;
        await using var refresh = new ThrottledRefresh(_clock, () => { refreshes++; return Task.CompletedTask; });

        for (var i = 0; i < 100; i++)
        {
            refresh.Signal();
        }

        Assert.Equal(0, refreshes);
        _clock.Advance(ThrottledRefresh.Interval);
        Assert.Equal(1, refreshes);
        _clock.Advance(ThrottledRefresh.Interval);
        Assert.Equal(1, refreshes);
    }

    [Fact]
    public async Task Signal_DuringARefresh_LeadsToOneMore()
    {
        var refreshes = 0;
        var running = new TaskCompletionSource();
        await using var refresh = new ThrottledRefresh(_clock, () => { refreshes++; return refreshes == 1 ? running.Task : Task.CompletedTask; });
        refresh.Signal();
        _clock.Advance(ThrottledRefresh.Interval);

        refresh.Signal();
        refresh.Signal();
        _clock.Advance(ThrottledRefresh.Interval);
        Assert.Equal(1, refreshes);
        running.SetResult();
        _clock.Advance(ThrottledRefresh.Interval);

        Assert.Equal(2, refreshes);
    }

    [Fact]
    public async Task Signal_AfterDispose_DoesNothing()
    {
        var refreshes = 0;
        var refresh = new ThrottledRefresh(_clock, () => { refreshes++; return Task.CompletedTask; });
        refresh.Signal();

        await refresh.DisposeAsync();
        refresh.Signal();
        _clock.Advance(ThrottledRefresh.Interval);

        Assert.Equal(0, refreshes);
    }
}
