namespace Stepsize.Web.Jobs;

/// <summary>Where one sweep stands with those who train.</summary>
/// <param name="Since">Since when it is trained or waits.</param>
public sealed record JobLine(long SweepId, JobState State, DateTimeOffset? Since);
