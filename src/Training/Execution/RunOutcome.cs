namespace Stepsize.Training.Execution;

/// <summary>How a run ended. <see cref="OutcomeRule"/> says which of the first four it is.</summary>
public enum RunOutcome
{
    /// <summary>It made all its iterations, stayed finite, and made progress. Whether it came near a minimum is not claimed.</summary>
    Finished,

    /// <summary>It made all its iterations, but classifies no better than chance or, where nothing is classified, has not lowered the loss by a hundredth.</summary>
    NoProgress,

    /// <summary>Its loss or parameters became NaN or infinite: a result, not a failure.</summary>
    Diverged,

    /// <summary>All was finite, but the loss ended above ten times what it was, or the parameters grew beyond all use: counted with diverged everywhere.</summary>
    Exploded,

    /// <summary>It was cancelled.</summary>
    CutShort,

    /// <summary>Something other than the training went wrong.</summary>
    Failed,
}

/// <summary>What outcomes have in common.</summary>
public static class RunOutcomes
{
    /// <summary>Whether training came to its end, whatever that was: runs that were cut short or failed have no result.</summary>
    public static bool HasResult(this RunOutcome outcome) => outcome.HasValue() || outcome.CountsAsDiverged();

    /// <summary>Whether the last evaluation is the run's result.</summary>
    public static bool HasValue(this RunOutcome outcome) => outcome is RunOutcome.Finished or RunOutcome.NoProgress;

    /// <summary>Whether the run is lost to its stepsize: non-finite or exploded. Which of the two may depend on the precision; that it failed does not.</summary>
    public static bool CountsAsDiverged(this RunOutcome outcome) => outcome is RunOutcome.Diverged or RunOutcome.Exploded;
}
