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

    /// <summary>The row with the widest band.</summary>
    public RobustnessRow? Widest { get; } =
        View.Summaries.Where(s => s.Band is not null).OrderByDescending(s => s.Band!.Decades).ThenBy(s => s.Diverged).FirstOrDefault();
}
