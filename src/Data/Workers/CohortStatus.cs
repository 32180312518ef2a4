namespace Stepsize.Data.Workers;

/// <summary>Where a cohort stands.</summary>
internal enum CohortStatus
{
    /// <summary>To be claimed by a worker.</summary>
    Waiting,

    /// <summary>A worker has it, or somebody keeps it from being claimed for some seconds.</summary>
    Held,

    /// <summary>All its runs have ended.</summary>
    Done,
}
