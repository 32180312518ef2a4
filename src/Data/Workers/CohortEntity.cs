namespace Stepsize.Data.Workers;

/// <summary>
/// A row of the table of cohorts: runs of one sweep that one worker trains together. On PostgreSQL alone; a program that is alone on a SQLite file trains whole
/// sweeps.
/// </summary>
internal sealed class CohortEntity
{
    public long Id { get; set; }

    public long SweepId { get; set; }

    /// <summary>Kind of device that it is for, such as <c>cpu</c>.</summary>
    public required string Queue { get; set; }

    /// <summary>Its sweep's; the greater is claimed first.</summary>
    public int Priority { get; set; }

    public CohortStatus Status { get; set; }

    /// <summary>Who trains it; null where nobody does.</summary>
    public long? WorkerId { get; set; }

    /// <summary>
    /// Number of the claim under which it is trained, given to one claim alone (sequence <c>Fences</c>); 0 where nobody trains it. Its unfinished runs have the
    /// same, and every statement that stores something of a run asks for it.
    /// </summary>
    public long Fence { get; set; }

    /// <summary>Until when nobody else may claim it, by the database's clock.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    public CohortWish Wish { get; set; }

    /// <summary>Claims one after another that ended without a word and without an iteration stored.</summary>
    public int Attempts { get; set; }

    /// <summary>When a job for it was last put into the queue; null where none was.</summary>
    public DateTimeOffset? TicketAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>Iterations that its runs had made when it was claimed.</summary>
    public long IterationsAtClaim { get; set; }
}
