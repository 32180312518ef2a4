using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>What the list shows of a sweep besides its status: a small heatmap, the best result and the most robust optimizer.</summary>
/// <param name="View">Its default measure at the end of training.</param>
public sealed record SweepGlance(SweepView View)
{
    /// <summary>The row with the best cell.</summary>
    public RobustnessRow? Best { get; } =
        View.Summaries.Where(s => double.IsFinite(s.Best)).OrderBy(s => s.Best, Comparer<double>.Create((a, b) => View.Measure.CompareQuality(a, b))).FirstOrDefault();

    /// <summary>
    /// The most robust row, by area: the first of the study's ranking whose own band has a width. Null where none has, as on a grid of one value.
    /// </summary>
    public RobustnessRow? MostRobust { get; } = View.Robustness.Study.Ranked.FirstOrDefault(r => r.OwnBand is { Decades: > 0 });
}
