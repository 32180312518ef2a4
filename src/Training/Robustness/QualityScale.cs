using Stepsize.Training.Analysis;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Robustness;

/// <summary>
/// Scores on a scale on which more is better and straight lines make sense: accuracies as they are, losses and gradient norms as −log₁₀, with nothing told
/// apart below the rounding floor. −∞ is a cell that is lost.
/// </summary>
/// <param name="floor">A score below is known to be small, and no more; 0 where nothing is known of it.</param>
internal readonly struct QualityScale(Measure measure, double floor)
{
    private readonly bool _larger = measure.IsLargerBetter();
    private readonly double _floor = Math.Max(floor, double.Epsilon);

    public double Of(double score) => _larger ? score : -Math.Log10(Math.Max(score, _floor));

    /// <summary>The score of a quality; +∞ for −∞.</summary>
    public double Score(double quality) => _larger ? quality : Math.Pow(10, -quality);

    /// <summary>The least quality within a tolerance of a reference.</summary>
    public double Threshold(double reference, Tolerance tolerance) => tolerance.Kind switch
    {
        ToleranceKind.Points => reference - (tolerance.Value / 100),
        ToleranceKind.Factor => reference - Math.Log10(tolerance.Value),
        _ => Of(tolerance.Value),
    };
}
