namespace Stepsize.Data.Sweeps;

/// <summary>A row of the table of sweeps.</summary>
internal sealed class SweepEntity
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>Id of the workload: lists show it without reading the specification.</summary>
    public required string Workload { get; set; }

    /// <summary>The checked specification as JSON, all defaults filled in.</summary>
    public required string Specification { get; set; }

    public SweepStatus Status { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>When training last began or went on; the pace is measured from here, so that time the program was stopped does not count.</summary>
    public DateTimeOffset? ResumedAt { get; set; }

    /// <summary>Iterations that all its runs had made at <see cref="ResumedAt"/>.</summary>
    public long IterationsAtResume { get; set; }

    /// <summary>When it was put into the bin; null where it was not.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Grows with every change that a person makes to the sweep's runs, so that what is kept of a finished sweep is known to be stale.</summary>
    public long Revision { get; set; }

    /// <summary>Of sweeps that wait, the greater is trained first.</summary>
    public int Priority { get; set; }

    public List<RunEntity> Runs { get; } = [];
}
