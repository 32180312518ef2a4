using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>Which outcome a run has that made all its iterations or was stopped for being non-finite: one rule for every executor and for stored runs.</summary>
public static class OutcomeRule
{
    /// <summary>A final training loss above so many times the first iteration's has exploded.</summary>
    public const double ExplodedLoss = 10;

    /// <summary>Parameters of a larger Euclidean norm have exploded.</summary>
    public const double ExplodedNorm = 1e15;

    /// <summary>Classifying so little better than chance is no progress: one point of accuracy.</summary>
    public const double ChanceMargin = 0.01;

    /// <summary>Where nothing is classified, a final loss of at least so much of the first iteration's is no progress.</summary>
    public const double UnchangedLoss = 0.99;

    /// <param name="firstBadIteration">First iteration whose loss, or whose step's parameters, were NaN or infinite.</param>
    /// <param name="firstLoss">f₀, the mini-batch loss of the first iteration; NaN where it is not known, and then no loss is too large or unchanged.</param>
    /// <param name="last">The last evaluation.</param>
    /// <param name="parameterNorm">Euclidean norm of the parameters at the end; NaN where it is not known.</param>
    /// <param name="chanceAccuracy">Accuracy of answering the most frequent class of the test set, in [0, 1]; NaN where nothing is classified.</param>
    public static RunOutcome Of(int? firstBadIteration, double firstLoss, Evaluation last, double parameterNorm, double chanceAccuracy) =>
        firstBadIteration is not null ? RunOutcome.Diverged
        : last.TrainLoss > ExplodedLoss * Math.Abs(firstLoss) || parameterNorm > ExplodedNorm ? RunOutcome.Exploded
        : IsNoProgress(firstLoss, last, chanceAccuracy) ? RunOutcome.NoProgress
        : RunOutcome.Finished;

    private static bool IsNoProgress(double firstLoss, Evaluation last, double chanceAccuracy) =>
        double.IsNaN(chanceAccuracy) ? last.TrainLoss >= UnchangedLoss * firstLoss : last.TestAccuracy <= chanceAccuracy + ChanceMargin;
}
