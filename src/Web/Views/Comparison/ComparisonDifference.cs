using Stepsize.Training.Comparison;
using Stepsize.Web.Views.Scales;

namespace Stepsize.Web.Views.Comparison;

/// <summary>The difference heatmaps of a comparison.</summary>
/// <param name="A">What is subtracted from.</param>
/// <param name="B">What is subtracted.</param>
/// <param name="Grids">One for each axis.</param>
/// <param name="Colors">One scale for all grids; null where nothing can be compared.</param>
/// <param name="Fields">In what the two sides differ beside their optimizers.</param>
public sealed record ComparisonDifference(
    ComparisonSide A, ComparisonSide B, TrackPairs Pairs, IReadOnlyList<DifferenceGrid> Grids, DivergingScale? Colors, IReadOnlyList<DifferingField> Fields);
