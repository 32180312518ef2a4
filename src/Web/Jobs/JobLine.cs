namespace Stepsize.Web.Jobs;

/// <summary>What the scheduler does with one sweep.</summary>
/// <param name="Since">When it was fired or put into the queue.</param>
public sealed record JobLine(long SweepId, JobState State, DateTimeOffset? Since)
{
    /// <summary>Sweeps that train at the same time; others wait.</summary>
    public const int MostAtOnce = JobStoreOptions.MaxSweepsAtOnce;
}
