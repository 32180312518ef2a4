using System.Collections.Concurrent;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;

namespace Stepsize.Web.Views.Papers;

/// <summary>
/// Reads the runs that the papers' tables can be compared with, and keeps those of sweeps that cannot change any more, so that a table that follows a
/// running sweep reads that sweep alone. Shared by all circuits.
/// </summary>
public sealed class StoredRunReader(ISweepStore store)
{
    /// <summary>Enough for years of sweeps; beyond it, everything is forgotten rather than tracked.</summary>
    private const int Kept = 2_000;

    private static readonly HashSet<string> Workloads = [.. ProtocolRegistry.All.SelectMany(p => p.Workloads)];

    private readonly ConcurrentDictionary<(long Id, long Revision, DateTimeOffset FinishedAt), IReadOnlyList<StoredRun>> _finished = new();

    /// <summary>All runs of workloads that a table is about.</summary>
    public async Task<RunIndex> ReadAsync(CancellationToken cancellation)
    {
        var runs = new List<StoredRun>();
        foreach (var sweep in await store.ListAsync(cancellation))
        {
            if (Workloads.Contains(sweep.Workload))
            {
                runs.AddRange(await ReadAsync(sweep, cancellation));
            }
        }

        return new RunIndex(runs);
    }

    private async Task<IReadOnlyList<StoredRun>> ReadAsync(SweepSummary sweep, CancellationToken cancellation)
    {
        var isFixed = sweep is { FinishedAt: not null, Status: SweepStatus.Completed or SweepStatus.Cancelled or SweepStatus.Failed };
        if (isFixed && _finished.TryGetValue((sweep.Id, sweep.Revision, sweep.FinishedAt!.Value), out var known))
        {
            return known;
        }

        if (await store.FindAsync(sweep.Id, cancellation) is not { } detail)
        {
            return [];
        }

        var runs = detail.ToStoredRuns();
        if (isFixed)
        {
            if (_finished.Count >= Kept)
            {
                _finished.Clear();
            }

            _finished[(sweep.Id, sweep.Revision, sweep.FinishedAt!.Value)] = runs;
        }

        return runs;
    }
}
