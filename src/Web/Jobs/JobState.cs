namespace Stepsize.Web.Jobs;

/// <summary>Where a sweep stands with those who train.</summary>
public enum JobState
{
    /// <summary>To be trained as soon as a place is free.</summary>
    Waiting,

    Training,
}
