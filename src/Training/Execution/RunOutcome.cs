namespace Stepsize.Training.Execution;

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>It made all its iterations, and the model is better than chance.</summary>
    Converged,

    /// <summary>It made all its iterations, but classifies no better than answering the most frequent class.</summary>
    AtChance,

    /// <summary>Its loss or parameters became NaN or infinite: a result, not a failure.</summary>
    Diverged,

    /// <summary>It was cancelled.</summary>
    CutShort,

    /// <summary>Something other than the training went wrong.</summary>
    Failed,
}
