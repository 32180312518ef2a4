using Stepsize.Training.Analysis;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Comparison;

/// <summary>
/// What a diverged run counts as where a number is needed: for accuracies as guessing, one in so many classes; for losses and gradient norms, and where the
/// classes are not known before the data is read, as the worst value that any of the compared runs of the workload measured.
/// </summary>
public static class DivergenceValue
{
    /// <param name="compared">Cells of all compared runs of the workload.</param>
    /// <returns>NaN where nothing tells.</returns>
    public static double Of(SweepSpecification sweep, Measure measure, IEnumerable<Cell> compared)
    {
        if (measure.IsAccuracy() && sweep.Workload.ClassCount(sweep.WorkloadOptions) is { } classes)
        {
            return 1.0 / classes;
        }

        return compared.SelectMany(c => c.Seeds).Select(s => s.Value).Where(double.IsFinite)
            .OrderByDescending(v => v, Comparer<double>.Create((a, b) => measure.CompareQuality(a, b))).FirstOrDefault(double.NaN);
    }
}
