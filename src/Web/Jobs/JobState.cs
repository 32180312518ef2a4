namespace Stepsize.Web.Jobs;

/// <summary>Where a sweep stands in the scheduler.</summary>
public enum JobState
{
    /// <summary>Stored, and neither training nor due.</summary>
    Idle,

    /// <summary>Due as soon as a place is free.</summary>
    Waiting,

    Training,
}
