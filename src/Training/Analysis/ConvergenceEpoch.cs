namespace Stepsize.Training.Analysis;

/// <summary>
/// Epochs until training accuracy reaches a share of the highest peak of an optimizer's runs (Ioannou, Tagaris and Stafylopatis 2023, section 5): 98% on
/// MNIST, 95% on CIFAR.
/// </summary>
public static class ConvergenceEpoch
{
    /// <param name="accuracies">Of one run; the first is after epoch 1. NaN never reaches.</param>
    /// <param name="threshold">Share times the highest peak.</param>
    /// <returns>The first epoch, counted from 1, at or above the threshold; +∞ where none is.</returns>
    public static double OfRun(ReadOnlySpan<double> accuracies, double threshold)
    {
        for (var epoch = 1; epoch <= accuracies.Length; epoch++)
        {
            if (accuracies[epoch - 1] >= threshold)
            {
                return epoch;
            }
        }

        return double.PositiveInfinity;
    }

    /// <summary>The median over a learning rate's runs: +∞ where half of them or more never reach, as a mean of two middle runs takes both.</summary>
    /// <param name="epochs">One a run, from <see cref="OfRun"/>.</param>
    public static double MedianOverRuns(IReadOnlyCollection<double> epochs) => AxisSummary.Median.Of(epochs);

    /// <summary>Replaces or leaves out the learning rates that never reach.</summary>
    /// <param name="epochs">One a learning rate.</param>
    /// <param name="length">Epochs that were trained.</param>
    public static IReadOnlyList<double> Settle(IEnumerable<double> epochs, UnreachedRule rule, int length) =>
        rule == UnreachedRule.LeftOut
            ? [.. epochs.Where(double.IsFinite)]
            : [.. epochs.Select(e => double.IsPositiveInfinity(e) ? length : e)];
}
