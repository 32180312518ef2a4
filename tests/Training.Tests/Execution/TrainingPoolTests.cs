using Stepsize.Training.Execution;
using Xunit;

namespace Stepsize.Training.Tests.Execution;

public sealed class TrainingPoolTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TrainingPool _pool = new(1);
    private readonly ManualResetEventSlim _over = new();

    public void Dispose()
    {
        _over.Set();
        _pool.Dispose();
        _over.Dispose();
    }

    [Fact]
    public async Task RunAsync_CancelledBehindLongWork_EndsWithoutWaitingForIt()
    {
        using var cancellation = new CancellationTokenSource();
        var begun = 0;
        var first = _pool.RunAsync([_over.Wait], CancellationToken.None);
        var second = _pool.RunAsync([.. Enumerable.Repeat<Action>(() => begun++, 3)], cancellation.Token);

        await cancellation.CancelAsync();
        await second.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.False(first.IsCompleted);
        _over.Set();
        await first.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, begun);
    }

    [Fact]
    public async Task RunAsync_CancelledHalfWay_WaitsForWhatHasBegun()
    {
        using var cancellation = new CancellationTokenSource();
        using var started = new ManualResetEventSlim();
        var begun = 0;
        void Piece()
        {
            begun++;
            started.Set();
            _over.Wait();
        }

        var work = _pool.RunAsync([Piece, Piece], cancellation.Token);
        Assert.True(started.Wait(Patience, TestContext.Current.CancellationToken));
        await cancellation.CancelAsync();

        Assert.False(work.IsCompleted);
        _over.Set();
        await work.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(1, begun);
    }

    [Fact]
    public async Task RunAsync_PieceThrows_RunsTheOthersAndFaults()
    {
        var begun = 0;

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => _pool.RunAsync([() => throw new InvalidOperationException("broken"), () => begun++], CancellationToken.None));

        Assert.Equal("broken", fault.Message);
        Assert.Equal(1, begun);
    }
}
