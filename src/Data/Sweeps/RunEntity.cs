using Stepsize.Data.Recording;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Sweeps;

/// <summary>A row of the table of runs.</summary>
internal sealed class RunEntity
{
    public long Id { get; set; }

    public long SweepId { get; set; }

    public SweepEntity? Sweep { get; set; }

    /// <summary>Place in the grid, from 0: seed by seed, optimizer by optimizer, value by value.</summary>
    public int Ordinal { get; set; }

    /// <summary>Index into the specification's optimizers.</summary>
    public int Row { get; set; }

    public double AxisValue { get; set; }

    public int Seed { get; set; }

    public required string ConfigurationHash { get; set; }

    public RunStatus Status { get; set; }

    public RunOutcome? Outcome { get; set; }

    public int? FirstBadIteration { get; set; }

    /// <summary>Iterations stored: the columns hold exactly 1 to this.</summary>
    public int Iterations { get; set; }

    public int IterationsPlanned { get; set; }

    public double Seconds { get; set; }

    public string? Error { get; set; }

    /// <summary>JSON of <see cref="RunProvenance"/>.</summary>
    public string? Provenance { get; set; }

    /// <summary>Little-endian float64, for small problems.</summary>
    public byte[]? FinalParameters { get; set; }

    /// <summary>When it was put into the bin by itself; null where it was not, be its sweep there or not.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>The cohort that it is, or was last, trained in; null where it is in none, as on SQLite always.</summary>
    public long? CohortId { get; set; }

    /// <summary>Number of the claim that may store something of it; 0 where none may, as on SQLite always, where nobody asks.</summary>
    public long Fence { get; set; }

    public List<EvaluationEntity> Evaluations { get; } = [];

    public CheckpointEntity? Checkpoint { get; set; }
}
