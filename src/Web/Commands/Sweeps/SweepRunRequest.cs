using Stepsize.Training.Sweeps;
using Stepsize.Web.Hosting;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>What <c>sweep run</c> was asked for.</summary>
/// <param name="OutputPath">File for the results; null for none.</param>
/// <param name="Database">Database to store the sweep in; null to store nothing.</param>
/// <param name="Tolerance">What still counts for widths; null for the measure's default.</param>
internal sealed record SweepRunRequest(SweepSpecification Specification, ProgramSettings Settings, string? OutputPath, string? Database, string? Tolerance = null);
