namespace Stepsize.Web.Tests.Jobs;

/// <summary>The system's clock, put forward.</summary>
internal sealed class ShiftedClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
