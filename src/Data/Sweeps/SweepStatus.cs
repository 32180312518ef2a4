namespace Stepsize.Data.Sweeps;

/// <summary>Where a sweep stands.</summary>
public enum SweepStatus
{
    /// <summary>Waiting for a worker.</summary>
    Queued,

    Running,

    /// <summary>Stopped by a person, to be resumed.</summary>
    Paused,

    /// <summary>Stopped by a person for good; what was trained stays.</summary>
    Cancelled,

    /// <summary>Every run has an outcome, and none failed.</summary>
    Completed,

    /// <summary>At least one run failed for a reason other than its training.</summary>
    Failed,
}
