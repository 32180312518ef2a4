namespace Stepsize.Data.Reports;

/// <summary>The reports of the database.</summary>
public interface IReportStore
{
    /// <summary>All reports, the one changed last first.</summary>
    Task<IReadOnlyList<ReportSummary>> ListAsync(CancellationToken cancellation);

    /// <returns>The report's key.</returns>
    Task<long> CreateAsync(string title, string draft, CancellationToken cancellation);

    Task<ReportRow?> FindAsync(long reportId, CancellationToken cancellation);

    /// <summary>Saves the draft, if nobody else has since it was read.</summary>
    /// <param name="revision">The one that was read.</param>
    /// <returns>The new revision; null where the report was changed by somebody else, or is gone.</returns>
    Task<int?> SaveAsync(long reportId, int revision, string title, string draft, CancellationToken cancellation);

    /// <summary>Adds a version and makes it the one that the report's link shows.</summary>
    /// <param name="token">The link's secret, for a report that has no link or one that has expired; another keeps its own.</param>
    /// <param name="expiresAt">When the link ends; null for never.</param>
    /// <returns>The version's number; null where the report is gone.</returns>
    Task<int?> PublishAsync(long reportId, string content, string token, DateTimeOffset? expiresAt, CancellationToken cancellation);

    /// <summary>Takes the link away for good: its secret is forgotten.</summary>
    Task RevokeAsync(long reportId, CancellationToken cancellation);

    /// <summary>Removes the report with all its versions.</summary>
    Task DeleteAsync(long reportId, CancellationToken cancellation);

    /// <summary>A version; the newest where no number is given.</summary>
    Task<ReportVersion?> FindVersionAsync(long reportId, int? number, CancellationToken cancellation);

    /// <summary>The newest version of the report whose link has this secret.</summary>
    /// <returns>Null, after the same query, for a secret that is wrong, was revoked or has expired.</returns>
    Task<ReportVersion?> FindSharedAsync(string token, CancellationToken cancellation);
}
