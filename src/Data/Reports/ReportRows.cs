namespace Stepsize.Data.Reports;

/// <summary>A line of the list of reports.</summary>
/// <param name="Version">Number of the newest published version; 0 where none was published.</param>
/// <param name="Token">The link's secret; null where there is no link.</param>
/// <param name="ExpiresAt">When the link ends; null for never.</param>
public sealed record ReportSummary(
    long Id, string Title, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, int Version, DateTimeOffset? PublishedAt, string? Token, DateTimeOffset? ExpiresAt)
{
    /// <summary>Whether somebody with the link can read the report.</summary>
    public bool IsShared(DateTimeOffset now) => Token is not null && (ExpiresAt is null || ExpiresAt > now);
}

/// <summary>A report as its owner edits it.</summary>
/// <param name="Draft">Blocks as JSON.</param>
/// <param name="Revision">To be given back when it is saved.</param>
public sealed record ReportRow(ReportSummary Summary, string Draft, int Revision);

/// <summary>A published version.</summary>
/// <param name="Content">Title and blocks with everything they show, as JSON.</param>
public sealed record ReportVersion(long ReportId, int Number, DateTimeOffset PublishedAt, string Content);
