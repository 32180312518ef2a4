using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>What an extension would make of a sweep.</summary>
public sealed record ExtensionPlan
{
    public required long SweepId { get; init; }

    /// <summary>The extended sweep.</summary>
    public required SweepSpecification Specification { get; init; }

    /// <summary>Whether a sweep of its own is made, because runs get longer: those that are there are other runs then, and stay as they are.</summary>
    public required bool IsNewSweep { get; init; }

    /// <summary>Optimizers and axis values of the extended sweep.</summary>
    public required int Cells { get; init; }

    /// <summary>Of these, cells that have runs already; seeds may be added to them.</summary>
    public required int CellsThere { get; init; }

    public required int Runs { get; init; }

    /// <summary>Runs that the extension finds in the sweep and does not train, whatever became of them.</summary>
    public required int RunsThere { get; init; }

    /// <summary>Runs that the extension adds, in the order of the grid.</summary>
    public required IReadOnlyList<PlannedRun> New { get; init; }

    /// <summary>Runs of the sweep as it is that have no result: an extension does not train them, "run what is missing" does.</summary>
    public required int Missing { get; init; }
}
