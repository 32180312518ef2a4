namespace Stepsize.Training.Analysis;

/// <summary>Whose spread a difference's interval rests on.</summary>
public enum IntervalBasis
{
    /// <summary>Ours and the paper's: Welch's interval.</summary>
    BothSpreads,

    /// <summary>Ours and the paper's taken together, where one has many times the runs of the other: Student's interval.</summary>
    PooledSpreads,

    /// <summary>Ours alone: the paper gives none, and its runs are taken to vary as ours do.</summary>
    OurSpread,

    /// <summary>The paper's alone: one run here, taken to vary as the paper's do.</summary>
    PublishedSpread,

    /// <summary>A statistic over a grid, whose error is by resampling seeds.</summary>
    Resampled,
}
