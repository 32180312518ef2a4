using Stepsize.Data.Metrics;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>One run's column as a chart shows it.</summary>
/// <param name="Label">Optimizer, axis value and, where there are several, seed.</param>
public sealed record RunLine(long RunId, string Label, Curve Curve);
