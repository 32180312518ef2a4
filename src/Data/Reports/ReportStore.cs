using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Stepsize.Data.Database;

namespace Stepsize.Data.Reports;

/// <summary>The reports of the database, read and written with Entity Framework.</summary>
internal sealed class ReportStore(IDbContextFactory<StepsizeContext> contexts, TimeProvider time) : IReportStore
{
    public async Task<IReadOnlyList<ReportSummary>> ListAsync(CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return [.. (await Summaries(context.Reports).ToListAsync(cancellation)).OrderByDescending(r => r.ChangedAt).ThenByDescending(r => r.Id)];
    }

    public async Task<long> CreateAsync(string title, string draft, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var report = new ReportEntity { Title = title, Draft = draft, Revision = 1, CreatedAt = now, ChangedAt = now };
        context.Reports.Add(report);
        await context.SaveChangesAsync(cancellation);
        return report.Id;
    }

    public async Task<ReportRow?> FindAsync(long reportId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var snapshot = await context.Database.BeginReadAsync(cancellation);
        var summary = await Summaries(context.Reports.Where(r => r.Id == reportId)).SingleOrDefaultAsync(cancellation);
        if (summary is null)
        {
            return null;
        }

        var draft = await context.Reports.Where(r => r.Id == reportId).Select(r => new { r.Draft, r.Revision }).SingleAsync(cancellation);
        return new ReportRow(summary, draft.Draft, draft.Revision);
    }

    public async Task<int?> SaveAsync(long reportId, int revision, string title, string draft, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var now = time.GetUtcNow();
        var saved = await context.Reports.Where(r => r.Id == reportId && r.Revision == revision).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Title, title).SetProperty(r => r.Draft, draft).SetProperty(r => r.Revision, revision + 1).SetProperty(r => r.ChangedAt, now),
            cancellation);
        return saved == 1 ? revision + 1 : null;
    }

    public async Task<int?> PublishAsync(long reportId, string content, string token, DateTimeOffset? expiresAt, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        if (await context.Reports.SingleOrDefaultAsync(r => r.Id == reportId, cancellation) is not { } report)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (report.Token is null || report.ExpiresAt <= now)
        {
            (report.Token, report.TokenHash) = (token, HashOf(token));
        }

        report.ExpiresAt = expiresAt;
        var number = await context.ReportVersions.Where(v => v.ReportId == reportId).Select(v => (int?)v.Number).MaxAsync(cancellation) + 1 ?? 1;
        context.ReportVersions.Add(new ReportVersionEntity { ReportId = reportId, Number = number, PublishedAt = now, Content = content });
        await context.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return number;
    }

    public async Task RevokeAsync(long reportId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await context.Reports.Where(r => r.Id == reportId).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Token, (string?)null).SetProperty(r => r.TokenHash, (string?)null).SetProperty(r => r.ExpiresAt, (DateTimeOffset?)null), cancellation);
    }

    public async Task DeleteAsync(long reportId, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        await context.Reports.Where(r => r.Id == reportId).ExecuteDeleteAsync(cancellation);
    }

    public async Task<ReportVersion?> FindVersionAsync(long reportId, int? number, CancellationToken cancellation)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        return await NewestAsync(context, reportId, number, cancellation);
    }

    public async Task<ReportVersion?> FindSharedAsync(string token, CancellationToken cancellation)
    {
        var hash = HashOf(token);
        await using var context = await contexts.CreateDbContextAsync(cancellation);
        var found = await context.Reports.AsNoTracking().Where(r => r.TokenHash == hash).Select(r => new { r.Id, r.Token, r.ExpiresAt }).SingleOrDefaultAsync(cancellation);
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(found?.Token ?? ""), Encoding.UTF8.GetBytes(token));
        return isRight && found is not null && (found.ExpiresAt is null || found.ExpiresAt > time.GetUtcNow())
            ? await NewestAsync(context, found.Id, number: null, cancellation)
            : null;
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static Task<ReportVersion?> NewestAsync(StepsizeContext context, long reportId, int? number, CancellationToken cancellation) =>
        context.ReportVersions.AsNoTracking()
            .Where(v => v.ReportId == reportId && (number == null || v.Number == number))
            .OrderByDescending(v => v.Number)
            .Select(v => new ReportVersion(v.ReportId, v.Number, v.PublishedAt, v.Content))
            .FirstOrDefaultAsync(cancellation);

    /// <summary>Without drafts and contents, which lists do not read.</summary>
    private static IQueryable<ReportSummary> Summaries(IQueryable<ReportEntity> reports) => reports.AsNoTracking().Select(r => new ReportSummary(
        r.Id,
        r.Title,
        r.CreatedAt,
        r.ChangedAt,
        r.Versions.Max(v => (int?)v.Number) ?? 0,
        r.Versions.OrderByDescending(v => v.Number).Select(v => (DateTimeOffset?)v.PublishedAt).FirstOrDefault(),
        r.Token,
        r.ExpiresAt));
}
