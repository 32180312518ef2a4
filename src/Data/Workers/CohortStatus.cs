namespace Stepsize.Data.Workers;

/// <summary>Where a cohort stands. One whose runs have all ended is removed.</summary>
internal enum CohortStatus
{
    /// <summary>To be claimed by a worker.</summary>
    Waiting,

    /// <summary>A worker has it, or somebody keeps it from being claimed for some seconds.</summary>
    Held,
}
