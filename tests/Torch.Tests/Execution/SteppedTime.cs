namespace Stepsize.Torch.Tests.Execution;

/// <summary>A clock that goes on a little whenever it is asked, so that segments come after few iterations on any machine.</summary>
internal sealed class SteppedTime(TimeSpan step) : TimeProvider
{
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _now, step.Ticks);
}
