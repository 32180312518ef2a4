namespace Stepsize.Data.Sweeps;

/// <summary>Where a run stands; once it is <see cref="Finished"/> its outcome says how it ended.</summary>
public enum RunStatus
{
    Queued,
    Running,
    Finished,
}
