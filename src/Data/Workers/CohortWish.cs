namespace Stepsize.Data.Workers;

/// <summary>What a cohort's worker is asked to do.</summary>
internal enum CohortWish
{
    None,

    /// <summary>Stop soon, store checkpoints and give it back: somebody is about to change its sweep.</summary>
    Yield,
}
