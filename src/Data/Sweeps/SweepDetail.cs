using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps;

/// <summary>A sweep with all its runs and their evaluations: what its page, tables and exports are computed from.</summary>
public sealed record SweepDetail
{
    public required SweepSummary Summary { get; init; }

    public required SweepSpecification Specification { get; init; }

    /// <summary>In the order of the grid: seed by seed, optimizer by optimizer, axis value by axis value.</summary>
    public required IReadOnlyList<RunRow> Runs { get; init; }
}
