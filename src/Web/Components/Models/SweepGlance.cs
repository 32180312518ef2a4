using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;

namespace Stepsize.Web.Components.Models;

/// <summary>What the list shows of a sweep besides its status: a small heatmap, the best result and the most robust optimizer.</summary>
/// <param name="View">Its default measure at the end of training.</param>
public sealed record SweepGlance(SweepView View)
{
    /// <summary>The row with the best cell.</summary>
    public RobustnessRow? Best { get; } =
        View.Summaries.Where(s => double.IsFinite(s.Best)).OrderBy(s => s.Best, Comparer<double>.Create((a, b) => View.Measure.CompareQuality(a, b))).FirstOrDefault();

    /// <summary>
    /// The row with the widest band; where bands look equally wide, as those that span the grid do, the one with fewer diverged runs and the better
    /// mean. Null where no band has a width, as on a grid of one value.
    /// </summary>
    public RobustnessRow? Widest { get; } =
        View.Summaries.Where(s => s.Band is { Decades: > 0 })
            .OrderByDescending(s => Math.Round(s.Band!.Decades, 1))
            .ThenBy(s => s.Diverged)
            .ThenBy(s => s.Mean, Comparer<double>.Create((a, b) => View.Measure.CompareQuality(a, b)))
            .FirstOrDefault();
}
