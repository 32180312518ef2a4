namespace Stepsize.Training.Analysis;

/// <summary>
/// The training accuracy that a learning rate reaches, as Ioannou, Tagaris and Stafylopatis (2023, section 5) measure it: the peak of each run,
/// then the median over the runs.
/// </summary>
public static class PeakAccuracy
{
    /// <param name="accuracies">Of one run, epoch by epoch; NaN after it diverged.</param>
    /// <param name="whenDiverged">
    /// Accuracy of a model whose outputs are NaN, which a framework reports as always answering the first class: the least that a run reaches.
    /// </param>
    /// <returns>NaN for a run without any evaluation.</returns>
    public static double OfRun(IReadOnlyCollection<double> accuracies, double whenDiverged)
    {
        if (accuracies.Count == 0)
        {
            return double.NaN;
        }

        return accuracies.Max(a => double.IsNaN(a) ? whenDiverged : a);
    }

    /// <param name="peaks">One a run.</param>
    public static double MedianOverRuns(IReadOnlyCollection<double> peaks) => AxisSummary.Median.Of(peaks);
}
