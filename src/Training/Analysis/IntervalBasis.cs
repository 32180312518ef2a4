namespace Stepsize.Training.Analysis;

/// <summary>Whose spread a difference's interval rests on.</summary>
public enum IntervalBasis
{
    /// <summary>Ours and the paper's: Welch's interval.</summary>
    BothSpreads,

    /// <summary>Ours alone: the paper gives none, and its number is taken as exact but for rounding.</summary>
    OurSpread,

    /// <summary>The paper's alone: one run here, taken to vary as the paper's do.</summary>
    PublishedSpread,
}
