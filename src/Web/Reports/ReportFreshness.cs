using System.Collections.Concurrent;
using Stepsize.Data.Reports;

namespace Stepsize.Web.Reports;

/// <summary>Remembers for a moment which sources of a version have changed, so that a link that many open does not make the server read all of them each time.</summary>
public sealed class ReportFreshness(ReportPublisher publisher, TimeProvider clock)
{
    /// <summary>Nobody waits for the word that data has changed.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);

    private const int MostVersions = 200;

    private readonly ConcurrentDictionary<(long Report, int Number), (DateTimeOffset At, IReadOnlyList<string> Changed)> _known = new();

    public async Task<IReadOnlyList<string>> ChangedAsync(ReportVersion version, FrozenReport report, CancellationToken cancellation)
    {
        var (key, now) = ((version.ReportId, version.Number), clock.GetUtcNow());
        if (_known.TryGetValue(key, out var known) && now - known.At < Kept)
        {
            return known.Changed;
        }

        var changed = await publisher.ChangedAsync(report, cancellation);
        if (_known.Count >= MostVersions)
        {
            _known.Clear();
        }

        _known[key] = (now, changed);
        return changed;
    }
}
