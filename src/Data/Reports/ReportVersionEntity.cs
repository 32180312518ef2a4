namespace Stepsize.Data.Reports;

/// <summary>A row of the table of published versions. Never changed after it was written.</summary>
internal sealed class ReportVersionEntity
{
    public long ReportId { get; set; }

    /// <summary>From 1.</summary>
    public int Number { get; set; }

    public DateTimeOffset PublishedAt { get; set; }

    /// <summary>Title and blocks with everything they show, as JSON; this layer does not read it.</summary>
    public required string Content { get; set; }
}
