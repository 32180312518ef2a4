using Stepsize.Data.Reports;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>Reports in memory.</summary>
internal sealed class FakeReportStore(TimeProvider clock) : IReportStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, ReportRow> _reports = [];
    private readonly List<ReportVersion> _versions = [];

    public Task<IReadOnlyList<ReportSummary>> ListAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ReportSummary>>([.. _reports.Values.Select(r => r.Summary)]);
        }
    }

    public Task<long> CreateAsync(string title, string draft, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var (id, now) = (_reports.Keys.LastOrDefault() + 1, clock.GetUtcNow());
            _reports[id] = new ReportRow(new ReportSummary(id, title, now, now, 0, null, null, null), draft, 1);
            return Task.FromResult(id);
        }
    }

    public Task<ReportRow?> FindAsync(long reportId, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_reports.GetValueOrDefault(reportId));
        }
    }

    public Task<int?> SaveAsync(long reportId, int revision, string title, string draft, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_reports.GetValueOrDefault(reportId) is not { } row || row.Revision != revision)
            {
                return Task.FromResult<int?>(null);
            }

            _reports[reportId] = new ReportRow(row.Summary with { Title = title, ChangedAt = clock.GetUtcNow() }, draft, revision + 1);
            return Task.FromResult<int?>(revision + 1);
        }
    }

    public Task<int?> PublishAsync(long reportId, string content, string token, DateTimeOffset? expiresAt, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_reports.GetValueOrDefault(reportId) is not { } row)
            {
                return Task.FromResult<int?>(null);
            }

            var (now, number) = (clock.GetUtcNow(), row.Summary.Version + 1);
            _versions.Add(new ReportVersion(reportId, number, now, content));
            var kept = row.Summary.IsShared(now) ? row.Summary.Token : token;
            _reports[reportId] = row with { Summary = row.Summary with { Version = number, PublishedAt = now, Token = kept, ExpiresAt = expiresAt } };
            return Task.FromResult<int?>(number);
        }
    }

    public Task RevokeAsync(long reportId, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _reports[reportId] = _reports[reportId] with { Summary = _reports[reportId].Summary with { Token = null, ExpiresAt = null } };
            return Task.CompletedTask;
        }
    }

    public Task DeleteAsync(long reportId, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _reports.Remove(reportId);
            _versions.RemoveAll(v => v.ReportId == reportId);
            return Task.CompletedTask;
        }
    }

    public Task<ReportVersion?> FindVersionAsync(long reportId, int? number, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_versions.LastOrDefault(v => v.ReportId == reportId && (number is null || v.Number == number)));
        }
    }

    public Task<ReportVersion?> FindSharedAsync(string token, CancellationToken cancellation)
    {
        long? id;
        lock (_lock)
        {
            id = _reports.Values.FirstOrDefault(r => r.Summary.Token == token && r.Summary.IsShared(clock.GetUtcNow()))?.Summary.Id;
        }

        return id is { } found ? FindVersionAsync(found, null, cancellation) : Task.FromResult<ReportVersion?>(null);
    }
}
