namespace Stepsize.Data.Reports;

/// <summary>A row of the table of reports: what its owner edits, and the link under which its newest version is shown.</summary>
internal sealed class ReportEntity
{
    public long Id { get; set; }

    public required string Title { get; set; }

    /// <summary>Blocks as JSON; this layer does not read it.</summary>
    public required string Draft { get; set; }

    /// <summary>Counts the changes of the draft, so that one editor does not overwrite another's.</summary>
    public int Revision { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The link's secret as it is, so that its owner can copy the link again; null where there is none, as after it was revoked.</summary>
    public string? Token { get; set; }

    /// <summary>SHA-256 of the token: what requests are looked up by, so that how long a look-up takes says nothing about any token.</summary>
    public string? TokenHash { get; set; }

    /// <summary>When the link ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public List<ReportVersionEntity> Versions { get; } = [];
}
