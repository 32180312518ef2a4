using Microsoft.Extensions.DependencyInjection;
using Stepsize.Data.Database;
using Stepsize.Web.Jobs;
using Xunit;

namespace Stepsize.Web.Tests.Jobs;

public sealed class SweepSignalsTests
{
    [Fact]
    public void Publish_OneSweep_ReachesItsSubscribersAndThoseOfAll()
    {
        var signals = Create();
        var heard = new List<string>();
        using var one = signals.Subscribe(1, () => heard.Add("one"));
        using var two = signals.Subscribe(2, () => heard.Add("two"));
        using var all = signals.Subscribe(null, () => heard.Add("all"));

        signals.Publish(2);

        Assert.Equal(["two", "all"], heard);
    }

    [Fact]
    public void Publish_AfterUnsubscribing_IsNotHeard()
    {
        var signals = Create();
        var count = 0;
        var subscription = signals.Subscribe(1, () => count++);
        signals.Publish(1);
        subscription.Dispose();
        subscription.Dispose();

        signals.Publish(1);

        Assert.Equal(1, count);
    }

    [Fact]
    public void Publish_SubscriberThrows_OthersStillHear()
    {
        var signals = Create();
        var heard = false;
        using var bad = signals.Subscribe(1, () => throw new InvalidOperationException());
        using var good = signals.Subscribe(1, () => heard = true);

        signals.Publish(1);

        Assert.True(heard);
    }

    [Fact]
    public async Task Publish_ManyThreadsSubscribeAndUnsubscribe_LosesNoSignalOfAStandingSubscriber()
    {
        var signals = Create();
        var count = 0;
        using var standing = signals.Subscribe(1, () => Interlocked.Increment(ref count));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                using var brief = signals.Subscribe(i % 2 == 0 ? 1 : null, () => { });
                signals.Publish(1);
            }
        })));

        Assert.Equal(4000, count);
    }

    private static ISweepSignals Create()
    {
        var options = DatabaseOptions.Sqlite("unused.db");
        return new ServiceCollection().AddLogging().AddStepsizeData(options).AddStepsizeJobs(options).BuildServiceProvider().GetRequiredService<ISweepSignals>();
    }
}
