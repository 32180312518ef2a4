using Stepsize.Training.Analysis;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Comparison;

/// <summary>
/// What a run that diverged or exploded counts as where a number is needed: for losses and gradient norms +∞; for accuracies guessing, one in so many
/// classes, or, where the classes are not known before the data is read, the worst value that any of the runs looked at measured.
/// </summary>
public static class DivergenceValue
{
    /// <param name="compared">Cells of all runs of the workload that are looked at.</param>
    /// <returns>NaN where nothing tells.</returns>
    public static double Of(SweepSpecification sweep, Measure measure, IEnumerable<Cell> compared)
    {
        if (!measure.IsAccuracy())
        {
            return double.PositiveInfinity;
        }

        if (sweep.Workload.ClassCount(sweep.WorkloadOptions) is { } classes)
        {
            return 1.0 / classes;
        }

        return compared.SelectMany(c => c.Seeds).Select(s => s.Value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
    }
}
